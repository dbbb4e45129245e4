"""The nightly look at the audit trail: what is unusual goes on the privacy officer's list.

It looks at the three days before, so that a night on which no worker ran is made up for; a line
is written once. The officers are told that there is something, and nothing more.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.core import audit, clock, jobs
from app.core.db import NOBODY, session, transaction
from app.identity.models.agency import Agency
from app.identity.queries import user as users
from referrals.oversight.models.signs import Staff, is_many, is_same, sign, usual_of
from referrals.oversight.models.unusual import ONE_RECORD, Kind, Sign, UnusualAccess
from referrals.oversight.queries import activity
from referrals.record.notices import Notice, tell_user

DAYS_BACK = 3


@dataclass(frozen=True)
class Watch:
    """The night watch of one agency: nobody is at the keyboard."""

    agency_id: uuid.UUID
    user_id: uuid.UUID | None = None
    reach: frozenset[str] = frozenset({"oversee", "source", "holder", "onward"})


@dataclass(frozen=True)
class Line:
    """Something unusual on a day."""

    user_id: uuid.UUID
    kind: Kind
    person_id: uuid.UUID | None = None
    people: int | None = None
    usual: int | None = None


@jobs.queue.periodic(cron="17 2 * * *")
@jobs.queue.task(name="watch_access", queue="clock", queueing_lock="watch_access")
def watch_access(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Ask for a look at each agency, so that one that fails leaves the others standing."""
    with transaction(NOBODY):
        for agency_id in session.scalars(select(Agency.id).where(Agency.active)):
            jobs.defer(watch_agency, agency_id=str(agency_id))


@jobs.queue.task(name="watch_agency", queue="clock", retry=5)
def watch_agency(agency_id: str) -> None:
    """Look at the last days of one agency; each day is kept by itself, with the one notice."""
    watch, told = Watch(uuid.UUID(agency_id)), False
    for back in range(DAYS_BACK, 0, -1):
        with transaction(watch):
            new = look_at(watch, clock.today() - timedelta(days=back))
            if new and not told:
                for user_id in users.officers(watch.agency_id):
                    tell_user(user_id, Notice.UNUSUAL_ACCESS)
                told = True


def look_at(watch: Watch, day: date) -> int:
    """Write down what was unusual on a day; how many lines are new."""
    noted = activity.noted_on(watch.agency_id, day)
    found = _lines(watch.agency_id, day)
    lines = [one for one in found if (one.user_id, one.person_id) not in noted]
    shown = activity.references({one.person_id for one in lines if one.person_id})
    for one in lines:
        reference = shown.get(one.person_id) if one.person_id else None
        row = _row(one, on_day=day, agency_id=watch.agency_id, referral_reference=reference)
        session.add(row)
        audit.record(watch, "unusual_access.found", row)
    if lines:
        audit.record(watch, "unusual_access.listed", reason=f"{len(lines)} on {day.isoformat()}")
    return len(lines)


def _row(line: Line, **about: Any) -> UnusualAccess:
    """As it is stored: what is unusual about a record is sealed with its person's key."""
    if line.person_id is None:
        return UnusualAccess(**about, **vars(line))
    row = UnusualAccess(**about, **vars(line) | {"kind": ONE_RECORD})
    row.sign = Sign(line.kind)
    return row


def _lines(agency_id: uuid.UUID, day: date) -> Iterator[Line]:
    opened = activity.opened(agency_id, day)
    if not opened:
        return
    staff = activity.staff(agency_id, {user_id for user_id, _person in opened})
    yield from _of_records(agency_id, opened, staff)
    before = activity.daily(agency_id, day)
    for user_id in staff:
        count = len({person for user, person in opened if user == user_id})
        usual = usual_of(before.get(user_id, []))
        if is_many(count, usual):
            yield Line(user_id, Kind.MANY_PEOPLE, people=count, usual=usual)


def _of_records(
    agency_id: uuid.UUID,
    opened: set[tuple[uuid.UUID, uuid.UUID]],
    staff: dict[uuid.UUID, Staff],
) -> Iterator[Line]:
    own = activity.own_records(agency_id)
    people = activity.people({person for _user, person in opened | own})
    known = activity.told_before(agency_id)
    homes: dict[uuid.UUID, set[str]] = defaultdict(set)
    for user_id, who in staff.items():
        for person in people.values():
            if person.home and ((user_id, person.person_id) in own or is_same(who, person)):
                homes[user_id].add(person.home)
    for user_id, person_id in sorted(opened):
        if person_id in people and user_id in staff:
            kind = sign(
                staff[user_id], people[person_id], staff.values(), homes.get(user_id, set())
            )
            if kind and (user_id, person_id, kind) not in known:
                yield Line(user_id, kind, person_id)
