"""A page of the queue as lines: who it is, for what, sent by whom."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.core.db import session
from app.core.sealing import Entry, entries
from directory import catalogue
from referrals.record.models.need import Need
from referrals.record.models.relationship import Relationship
from referrals.record.queries import listing, names
from referrals.record.queries.listing import Listed


@dataclass(frozen=True)
class Line:
    """The sealed words of one line."""

    full_name: str
    called: str
    born: date | None


@dataclass(frozen=True)
class Lines:
    """The lines, and the names they refer to."""

    entries: Sequence[Entry[Listed, Line]]
    agencies: dict[uuid.UUID, str]
    needs: dict[uuid.UUID, list[str]]


def of(related: Iterable[Relationship]) -> Lines:
    """Read a page of relationships, in a number of queries that does not grow with it."""
    referrals = listing.read(one.referral_id for one in related)
    return Lines(
        entries(referrals, _line),
        names.of_agencies(one.from_agency_id for one in referrals),
        _needs([one.id for one in referrals]),
    )


def _line(row: Listed) -> Line:
    identity = listing.identity(row)
    return Line(identity.full_name, identity.called, identity.date_of_birth)


def _needs(referral_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    rows = session.execute(
        select(Need.referral_id, Need.term_id)
        .where(Need.referral_id.in_(referral_ids))
        .order_by(Need.created_at, Need.id)
    ).all()
    words = catalogue.term_names({row.term_id for row in rows})
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for row in rows:
        found[row.referral_id].append(words.get(row.term_id, "A need"))
    return found
