"""The agencies of the area and the people who sign in for them.

An operator appoints each agency's administrator; everybody else arrives from the identity
provider, asks to join, and is let in by an administrator, as they would be in earnest.
"""

import tomllib
import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.core import clock
from app.core.db import NOBODY, session, transaction
from app.identity.actions import agreement as agreements
from app.identity.actions import appointment, arrival, founding, membership
from app.identity.actions.agreement import Terms
from app.identity.actor import Actor, Role
from app.identity.models.agency import Agency, AgencyKind
from app.identity.queries import membership as memberships

DATA = Path(__file__).parent / "data"
AGREED_DAYS_AGO = 900
Everybody = dict[str, Actor]


def read(name: str) -> dict[str, Any]:
    """One of the area's data files."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def agencies() -> list[dict[str, Any]]:
    """Every agency with its members; charities that use Trellis are among them."""
    found: list[dict[str, Any]] = list(read("agencies.toml")["agency"])
    for one in read("services.toml")["organisation"]:
        if "coordinator" in one:
            member = {**one["coordinator"], "roles": ["coordinator", "administrator"]}
            charity = {"name": one["name"], "kind": AgencyKind.VOLUNTARY, "members": [member]}
            found.append({**charity, "notice_email": one["email"]})
    return found


def listing() -> list[dict[str, str]]:
    """Everybody as the demonstration's identity provider shows them."""
    return [
        {
            "subject": member["subject"],
            "name": member["name"],
            "about": f"{member['about']}, {agency['name']}",
            "email": f"{member['subject']}@{_domain(agency)}",
        }
        for agency in agencies()
        for member in agency["members"]
    ]


def admit(owner: founding.Owner, issuer: str) -> Everybody:
    """Found the agencies, let everybody in, agree to share; actors by subject."""
    everybody: Everybody = {}
    for agency in agencies():
        known = (AgencyKind(agency["kind"]), agency.get("ods_code"), agency["notice_email"])
        agency_id = founding.found_agency(owner, agency["name"], *known)
        members = sorted(agency["members"], key=lambda one: "administrator" not in one["roles"])
        first, *others = [_Member(agency, one) for one in members]
        head = _appoint(owner, agency_id, issuer, first)
        everybody[first.subject] = head
        for member in others:
            everybody[member.subject] = _ask_and_be_let_in(head, issuer, member)
    _agree(everybody)
    return everybody


def follow(owner: founding.Owner, issuer: str) -> None:
    """Know everybody again when the identity provider has moved to another port."""
    known = [one["subject"] for one in listing()]
    owner.execute(
        """update app_user set issuer = %(issuer)s
        where subject = any (%(known)s) and issuer <> %(issuer)s and not exists (
            select 1 from app_user other
            where other.issuer = %(issuer)s and other.subject = app_user.subject)""",
        {"issuer": issuer, "known": known},
    )


class _Member:
    """Somebody of an agency, as the data file has them."""

    def __init__(self, agency: dict[str, Any], said: dict[str, Any]) -> None:
        self.subject, self.name = said["subject"], said["name"]
        self.email = f"{self.subject}@{_domain(agency)}"
        self.roles = frozenset(Role(one) for one in said["roles"])
        self.agency = (agency["name"], agency["kind"])

    def acting(self, user_id: uuid.UUID, agency_id: uuid.UUID, *roles: Role) -> Actor:
        """An actor with these roles, or with all of theirs; they have just signed in."""
        held = frozenset(roles) or self.roles
        known = (user_id, agency_id, held, self.name, *self.agency)
        return Actor(*known, proved_at=clock.now())


def _appoint(owner: founding.Owner, agency_id: uuid.UUID, issuer: str, first: _Member) -> Actor:
    user_id = appointment.appoint(owner, agency_id, issuer, first.subject, name=first.name)
    only = first.acting(user_id, agency_id, Role.ADMINISTRATOR)
    if first.roles != only.roles:
        with transaction(only):
            (own,) = memberships.of_agency(only)
            membership.change_roles(only, own.membership, first.roles)
    return first.acting(user_id, agency_id)


def _ask_and_be_let_in(administrator: Actor, issuer: str, member: _Member) -> Actor:
    with transaction(NOBODY):
        user = arrival.arrive(issuer, member.subject, member.name, member.email)
    visitor = arrival.Visitor(user.id)
    with transaction(visitor):
        user = session.merge(user, load=False)
        agency = session.get_one(Agency, administrator.agency_id)
        arrival.ask_to_join(visitor, user, agency)
    with transaction(administrator):
        membership.let_in(administrator, session.merge(user, load=False), member.roles)
    return member.acting(user.id, administrator.agency_id)


def _agree(everybody: Everybody) -> None:
    by_name = {actor.agency_name: actor.agency_id for actor in everybody.values()}
    for sender, receiver, purpose in _pairs():
        actor = _administrator(everybody.values(), by_name[sender])
        with transaction(actor):
            since = clock.today() - timedelta(days=AGREED_DAYS_AGO)
            terms = Terms(by_name[sender], by_name[receiver], purpose, since)
            agreements.record(actor, terms)


def _pairs() -> Iterator[tuple[str, str, str]]:
    for one in read("agencies.toml")["agreement"]:
        for sender in one["from"]:
            for receiver in one["to"]:
                yield sender, receiver, one["purpose"]


def _administrator(actors: Iterable[Actor], agency_id: uuid.UUID) -> Actor:
    return next(
        one for one in actors if one.agency_id == agency_id and one.is_a(Role.ADMINISTRATOR)
    )


def _domain(agency: dict[str, Any]) -> str:
    return str(agency["notice_email"]).rpartition("@")[2]
