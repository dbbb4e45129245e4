"""Somebody on a journey, and those who take them along."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa

from app.core.db import session, transaction
from app.demonstration.area.people import Everybody
from app.identity.actor import Actor, Role
from config.settings import Settings
from directory import catalogue
from referrals.inbox.queries import inbox
from referrals.onward.models.onward_referral import OnwardReferral
from referrals.record.models.need import Need
from referrals.record.models.referral import Referral
from referrals.record.queries import referral as referrals

SERVICES = sa.text("select id from service where name = :name")


@dataclass
class Traveller:
    """`worker` is the subject of the community referrer once there is one."""

    everybody: Everybody
    settings: Settings
    referral_id: uuid.UUID
    team: str
    worker: str = ""
    onward: dict[str, uuid.UUID] = field(default_factory=dict)
    last_service: str = ""

    @property
    def lead(self) -> Actor:
        """The lead of the team that was asked."""
        return next(
            one
            for one in self.everybody.values()
            if one.agency_name == self.team and one.is_a(Role.TEAM_LEAD)
        )

    @contextmanager
    def held_by(self, actor: Actor | None = None) -> Iterator[tuple[Actor, Referral]]:
        """A transaction of the community referrer (or `actor`), with the referral in hand."""
        who = actor or self.everybody[self.worker]
        with transaction(who):
            yield who, referrals.get(who, self.referral_id)

    @contextmanager
    def at_the_charity(self) -> Iterator[tuple[Actor, OnwardReferral]]:
        """A transaction of the last service's coordinator, with the onward referral in hand."""
        onward_id = self.onward[self.last_service]
        service_id = self.service_id(self.last_service)
        who = self._coordinator(service_id)
        with transaction(who):
            yield who, inbox.get(who, onward_id)

    def need(self, referral: Referral, code: str) -> Need:
        """The need with this code."""
        known = {term.code: term.id for group in catalogue.terms() for term in group.terms}
        return next(one for one in referrals.needs(referral) if one.term_id == known[code])

    def service_id(self, name: str) -> uuid.UUID:
        """The service with this name."""
        with transaction(self.lead):
            found: uuid.UUID = session.execute(SERVICES, {"name": name}).scalar_one()
        return found

    def _coordinator(self, service_id: uuid.UUID) -> Actor:
        with transaction(self.lead):
            agency_id = catalogue.get(service_id).agency_id
        return next(
            one
            for one in self.everybody.values()
            if one.agency_id == agency_id and one.is_a(Role.COORDINATOR)
        )
