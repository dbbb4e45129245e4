"""What people read about how sure we are, and what follows when a check has run out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import clock
from directory.freshness.queries.link import digest_of
from directory.models.capacity import Capacity, CapacityState
from directory.models.freshness import DOUBTS, EVIDENCE, Confidence, Freshness, LifeSign
from directory.standing.models.check import CheckKind, Rule
from directory.standing.queries.check import Lapsed, Standing

TODAY = date(2026, 11, 22)
SIX_DAYS_AGO = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        (LifeSign.ACCEPTED, "Confirmed 6 days ago – accepted a referral"),
        (LifeSign.ANSWERED, "Confirmed 6 days ago – answered our e-mail"),
        (LifeSign.PHONED, "Confirmed 6 days ago – we spoke by telephone"),
        (LifeSign.FEED, "Confirmed 6 days ago – its own data was updated"),
        (LifeSign.CONFIRMED, "Confirmed 6 days ago"),
        ("", "Confirmed 6 days ago"),
    ],
)
def test_evidence_is_said_beside_its_age(sign, words):
    assert Freshness(SIX_DAYS_AGO, sign).words(TODAY) == words


def test_every_sign_is_evidence_or_a_doubt_and_not_both():
    assert not set(EVIDENCE) & set(DOUBTS)
    assert set(LifeSign) - {LifeSign.CONFIRMED} == set(EVIDENCE) | set(DOUBTS)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_confidence_only_ever_decays(one, other):
    order = [Confidence.SURE, Confidence.FADING, Confidence.STALE]

    def level(days: int) -> int:
        then = datetime(2026, 11, 22, 12, tzinfo=UTC) - timedelta(days=days)
        return order.index(Freshness(then).confidence(TODAY))

    assert level(min(one, other)) <= level(max(one, other))


@pytest.mark.parametrize("doubt", DOUBTS)
def test_a_doubt_outweighs_the_freshest_evidence(doubt):
    fresh = Freshness(SIX_DAYS_AGO, LifeSign.ACCEPTED, doubt)
    assert fresh.confidence(TODAY) is Confidence.DOUBTED
    assert fresh.is_stale(TODAY)
    assert fresh.words(TODAY) == f"Check before you go – {DOUBTS[doubt]}"


def test_what_left_its_source_is_said_with_the_day():
    fresh = Freshness(None, doubt=LifeSign.GONE, doubted_at=datetime(2026, 3, 3, 12, tzinfo=UTC))
    assert fresh.words(TODAY).endswith("no longer in the source it came from since 3 March 2026")


def test_a_pause_that_is_over_leaves_it_to_be_asked():
    later, past = clock.today() + timedelta(days=1), clock.today()
    paused = Capacity(CapacityState.PAUSED, paused_until=later)
    over = Capacity(CapacityState.PAUSED, paused_until=past)
    assert paused.words.startswith("Paused until ")
    assert not paused.takes_people
    assert (over.words, over.takes_people) == ("Ask about places", True)
    assert Capacity(CapacityState.FULL, paused_until=past).words == "Full, not taking names"


def test_the_strictest_rule_of_what_has_lapsed_applies_and_each_is_said():
    day = date(2026, 5, 3)
    warned = Lapsed(CheckKind.INSURANCE, day, Rule.WARN)
    least = Lapsed(CheckKind.DATA_PROTECTION, day, Rule.LEAST)
    stopped = Lapsed(CheckKind.DBS, day, Rule.NOTHING)
    assert Standing().rule is None
    assert Standing((warned, least)).rule is Rule.LEAST
    assert Standing((warned, stopped, least)).rule is Rule.NOTHING
    assert Standing((stopped,)).barrier == (
        "The organisation's DBS checks have run out (on 3 May 2026), so nothing is sent until a"
        " new one has been seen. You can signpost."
    )
    assert Standing((warned, least)).cautions.count("3 May 2026") == 2
    assert Standing((warned,)).barrier == ""


@given(st.text(max_size=50))
def test_any_secret_has_a_digest_of_256_bits(text):
    assert len(digest_of(text)) == 32
