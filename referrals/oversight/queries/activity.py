"""What the audit trail says about an agency's people: who opened whose record on which day."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import Date, cast, func, select

from app.core import audit, clock, keys
from app.core.db import session
from app.core.errors import DamagedRecord
from app.core.sealing import entries
from app.identity.models.user import Membership, User
from directory.catalogue import Field
from referrals.onward.models.disclosure import Disclosure
from referrals.onward.queries.lines import LABELS
from referrals.oversight.models.signs import DAYS_LOOKED_AT, OPENING, Somebody, Staff, home_of
from referrals.oversight.models.unusual import Because, Kind, UnusualAccess, Verdict
from referrals.record.models.person import Person
from referrals.record.models.referral import Referral

CHUNK = 500
NAME, MAIL = LABELS[Field.NAME], LABELS[Field.EMAIL]
EVENTS = audit.EVENTS.c
OPENED = (
    EVENTS.person_id.is_not(None)
    & EVENTS.user_id.is_not(None)
    & (EVENTS.outcome == "done")
    & EVENTS.action.in_(OPENING)
)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LONDON)


def opened(agency_id: uuid.UUID, day: date) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """(user, person) for each record that somebody of the agency opened on the day."""
    rows = session.execute(
        select(EVENTS.user_id, EVENTS.person_id)
        .distinct()
        .where(
            OPENED,
            EVENTS.agency_id == agency_id,
            EVENTS.at >= _midnight(day),
            EVENTS.at < _midnight(day + timedelta(days=1)),
        )
    )
    return {(row.user_id, row.person_id) for row in rows}


def daily(agency_id: uuid.UUID, day: date) -> dict[uuid.UUID, list[int]]:
    """For each user how many people's records they opened on each day before, when any."""
    its_day = cast(func.timezone("Europe/London", EVENTS.at), Date)
    rows = session.execute(
        select(EVENTS.user_id, func.count(EVENTS.person_id.distinct()))
        .where(
            OPENED,
            EVENTS.agency_id == agency_id,
            EVENTS.at >= _midnight(day - timedelta(days=DAYS_LOOKED_AT)),
            EVENTS.at < _midnight(day),
        )
        .group_by(EVENTS.user_id, its_day)
    )
    found: dict[uuid.UUID, list[int]] = defaultdict(list)
    for user_id, count in rows:
        found[user_id].append(count)
    return found


def staff(agency_id: uuid.UUID, also: Collection[uuid.UUID]) -> dict[uuid.UUID, Staff]:
    """The members of the agency, and those who were on the day."""
    members = select(Membership.user_id).where(
        Membership.agency_id == agency_id, Membership.ended_at.is_(None)
    )
    rows = session.execute(
        select(User.id, User.name, User.email).where(User.id.in_(members) | User.id.in_(also))
    )
    return {row.id: Staff(row.id, row.name, row.email) for row in rows}


def people(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Somebody]:
    """The people of these records, as far as the agency is related to them and they open."""
    wanted, found = sorted(ids), {}
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        rows = session.scalars(select(Person).where(Person.id.in_(some))).all()
        keys.preload(one.id for one in rows)
        for one in rows:
            try:
                found[one.id] = _somebody(one)
            except DamagedRecord:
                continue  # the audit trail has it already
    return found | _sent_on([one for one in wanted if one not in found])


def _sent_on(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Somebody]:
    """People of whom the agency has only what was sent on to it: a name, perhaps an address."""
    rows = session.scalars(select(Disclosure).where(Disclosure.person_id.in_(ids))).all()
    keys.preload(one.person_id for one in rows)
    found = {}
    for one in entries(rows, lambda row: dict(row.snapshot.lines)):
        if one.value:
            given, _space, family = one.value.get(NAME, "").rpartition(" ")
            mail = one.value.get(MAIL, "").casefold()
            mails = frozenset({mail} if mail else ())
            found[one.row.person_id] = Somebody(one.row.person_id, given, family, mails)
    return found


def _somebody(person: Person) -> Somebody:
    identity, contact = person.identity, person.contact
    mails = {one.value.casefold() for one in contact.channels if "@" in one.value}
    home = home_of(contact.address, contact.postcode)
    return Somebody(person.id, identity.given_name, identity.family_name, frozenset(mails), home)


def references(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The reference of the latest referral of each of these people, as far as they may be read."""
    rows = session.execute(
        select(Referral.person_id, Referral.reference)
        .where(Referral.person_id.in_(ids))
        .order_by(Referral.created_at)
    )
    return {row.person_id: row.reference for row in rows}


def told_before(agency_id: uuid.UUID) -> set[tuple[uuid.UUID, uuid.UUID, Kind]]:
    """(user, person, kind) of lines that still stand or are explained: they are not told again."""
    return {
        (row.user_id, row.person_id, kind)
        for row, kind in _told(agency_id)
        if row.person_id and row.judgement != Verdict.CONCERNING
    }


def noted_on(agency_id: uuid.UUID, day: date) -> set[tuple[uuid.UUID, uuid.UUID | None]]:
    """(user, person) of the lines about this day; without a person, of many people."""
    rows = select(UnusualAccess.user_id, UnusualAccess.person_id).where(
        UnusualAccess.agency_id == agency_id, UnusualAccess.on_day == day
    )
    return {(row.user_id, row.person_id) for row in session.execute(rows)}


def own_records(agency_id: uuid.UUID) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """(user, person) where earlier nights found somebody's own record."""
    return {
        (row.user_id, row.person_id)
        for row, kind in _told(agency_id)
        if row.person_id and kind is Kind.OWN_RECORD and row.because != Because.NOT_THE_SAME_PERSON
    }


def _told(agency_id: uuid.UUID) -> Iterable[tuple[UnusualAccess, Kind]]:
    """Lines about one record with what is unusual, as far as they open."""
    rows = session.scalars(
        select(UnusualAccess).where(
            UnusualAccess.agency_id == agency_id, UnusualAccess.person_id.is_not(None)
        )
    ).all()
    keys.preload(one.person_id for one in rows if one.person_id)
    read = entries(rows, lambda row: (row.what, row.because))
    return [(one.row, one.value[0]) for one in read if one.value]
