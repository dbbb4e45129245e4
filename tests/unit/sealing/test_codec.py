"""A frozen dataclass becomes JSON and comes back the same."""

import enum
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sealing import codec


class Channel(enum.StrEnum):
    PHONE = "phone"
    LETTER = "letter"


class Importance(enum.IntEnum):
    LOW = 1
    HIGH = 10


@dataclass(frozen=True)
class Telephone:
    number: str
    safe_to_leave_a_message: bool = False


@dataclass(frozen=True)
class Everything:
    name: str
    born: date | None
    seen_at: datetime | None
    opens: time | None
    who: uuid.UUID | None
    channel: Channel | None
    importance: Importance
    telephones: tuple[Telephone, ...]
    channels: tuple[Channel, ...]
    words: frozenset[str]
    answers: dict[str, int]
    minutes: int
    share: float
    agreed: bool


ANYTHING = st.builds(
    Everything,
    seen_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    opens=st.none() | st.times(),
    share=st.floats(allow_nan=False),
    telephones=st.lists(st.builds(Telephone)).map(tuple),
    channels=st.lists(st.sampled_from(Channel)).map(tuple),
)


@given(ANYTHING)
def test_any_dataclass_comes_back_the_same(value):
    assert codec.from_json(codec.to_json(value), Everything) == value


def test_a_lone_surrogate_does_not_stop_a_record():
    value = Telephone("\ud800")

    assert codec.from_json(codec.to_json(value), Telephone) == value


def test_an_older_release_ignores_fields_it_does_not_know():
    newer = json.dumps({"number": "0191", "safe_to_leave_a_message": True, "kind": "home"})

    assert codec.from_json(newer.encode(), Telephone) == Telephone("0191", True)


def test_a_newer_release_fills_in_fields_that_were_not_stored():
    assert codec.from_json(b'{"number":"0191"}', Telephone) == Telephone("0191", False)


@pytest.mark.parametrize("wrong", [b"", b"[]", b"{}", b"nul", b'{"number"'])
def test_what_is_not_the_dataclass_is_an_error_of_the_kinds_that_are_caught(wrong):
    with pytest.raises((ValueError, TypeError, KeyError)):
        codec.from_json(wrong, Telephone)
