"""A slip of the finger is no reason to find nothing."""

import pytest
import sqlalchemy as sa

from app.core.db import NOBODY, session, transaction
from directory.finding.actions.learning import learn
from directory.finding.queries.search import search


@pytest.fixture
def learnt(charity):
    """Words that only these tests use, learnt as the worker learns them."""
    charity.lists("Alpaca bereavement circle", description="Mourning together")
    while learn(1_000):
        pass
    return charity


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("alpaka bereavment", "alpaca bereavement"),
        ("alpcaa", "alpaca"),
        ("berevement", "bereavement"),
        ("alpaca", ""),
        ("alpa", ""),
        ("zzqqxx", ""),
        ("100% alpaka_", "100% alpaca"),
    ],
)
def test_a_slip_is_mended(learnt, typed, meant):
    with transaction(NOBODY):
        found = search(typed).suggestion
    if meant:
        assert found.split()[0] == meant.split()[0]
    else:
        assert found == ""


def test_what_was_learnt_is_not_learnt_again(learnt):
    with transaction(NOBODY):
        assert session.scalar(sa.text("select trellis.learn_words(1000)")) == 0


def test_similar_words_are_found_through_their_index(learnt):
    with transaction(NOBODY):
        session.execute(sa.text("set local enable_seqscan = off"))
        plan = session.scalars(
            sa.text(
                "explain select word from directory_word "
                "where trigrams && trellis.trigrams('bereavment')"
            )
        ).all()
    assert any("directory_word_trigrams" in line for line in plan)
