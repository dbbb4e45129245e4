"""How the audit trail stands, in words for an operator."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.core.notary import witness
from app.core.notary.standing import Standing

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEALED = SimpleNamespace(waiting_since=None, size=1)


def troubles(*, began, ended):
    ago = {"started_at": began, "finished_at": ended}
    times = {name: NOW - timedelta(hours=one) if one else None for name, one in ago.items()}
    return Standing(SEALED, [], SimpleNamespace(open_findings=0, **times), NOW).troubles()


@pytest.mark.parametrize(
    ("began", "ended", "words"),
    [
        (None, None, None),
        (2, 1, None),
        (3, None, None),
        (30, 29, "The last whole check of the records ended 29 hours ago"),
        (27, None, "The last whole check of the records began, and has not ended, 27 hours ago"),
    ],
)
def test_a_check_that_never_comes_to_its_end_is_as_bad_as_none(began, ended, words):
    assert troubles(began=began, ended=ended) == ([words] if words else [])


def test_two_witnesses_on_one_computer_have_names_of_their_own():
    names = {witness.name_of(f"https://witness.example:{port}/log") for port in (1, 2)}
    assert len(names) == 2
