"""A small district for tests: agencies with agreements, their people, and referrals that were
sent by the real actions.

    world = World(database)
    referral_id = world.referred(given_name="Ines")          # from world.gp to world.lead's team
    with transaction(world.lead): referrals.get(world.lead, referral_id)
"""

import uuid
from functools import cached_property
from typing import Any

from app.core.db import transaction
from app.identity.actor import Actor, Role
from app.identity.models.agency import AgencyKind
from directory.actions import loading
from referrals.record.models.referral import Referral
from referrals.record.queries import referral as referrals
from referrals.refer.actions import draft as drafts
from referrals.refer.actions import send
from tests import build
from tests.answers import answers, need_id
from tests.conftest import Database

__all__ = ["World", "answers", "load_needs", "need_id"]


class World:
    """Two practices and a library that may send to the Elm team, which may send to a charity.

    Actors are made when first asked for: `gp`, `nurse` (same practice), `other_gp`, `librarian`,
    `lead` and `worker` (Elm), `other_lead` (Oak, with no agreement), `coordinator` (charity),
    `other_coordinator`, `administrator` (of the practice), `commissioner`.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        load_needs(database)

    def somebody(self, *roles: Role, of: uuid.UUID | None = None, name: str = "") -> Actor:
        """A new member with these roles, of an agency given by id or of a new council."""
        agency_id = of or self.agency("Council", AgencyKind.COUNCIL)
        name = name or f"{roles[0].capitalize()} {uuid.uuid4().hex[:6]}"
        return build.actor(self.database, *roles, agency_id=agency_id, name=name)

    def agency(self, name: str, kind: AgencyKind, **more: Any) -> uuid.UUID:
        """A new agency, whose name is made to be the only one of its kind."""
        name = f"{name} {uuid.uuid4().hex[:6]}"
        return build.agency(self.database, name, str(kind), **more)

    @cached_property
    def practice(self) -> uuid.UUID:
        """Elm Street Surgery, ODS code Y90001, with an agreement with the Elm team."""
        made = self.agency(
            "Elm Street Surgery",
            AgencyKind.PRACTICE,
            ods_code="Y90001",
            notice_email="surgery@example.org",
        )
        build.agreement(self.database, made, self.team)
        return made

    @cached_property
    def other_practice(self) -> uuid.UUID:
        """Another practice that sends to the same team."""
        made = self.agency("Quay Practice", AgencyKind.PRACTICE, ods_code="Y90002")
        build.agreement(self.database, made, self.team)
        return made

    @cached_property
    def library(self) -> uuid.UUID:
        """A referring agency that is no practice."""
        made = self.agency("Harbour Library", AgencyKind.REFERRER)
        build.agreement(self.database, made, self.team)
        return made

    @cached_property
    def team(self) -> uuid.UUID:
        """The Elm team, with an agreement with the charity."""
        made = self.agency("Elm team", AgencyKind.LINK_WORKER_TEAM, notice_email="elm@example.org")
        build.agreement(self.database, made, self.charity)
        return made

    @cached_property
    def other_team(self) -> uuid.UUID:
        """A team with which nobody has an agreement."""
        return self.agency("Oak team", AgencyKind.LINK_WORKER_TEAM)

    @cached_property
    def charity(self) -> uuid.UUID:
        """A voluntary organisation that uses the system."""
        return self.agency(
            "Good Neighbours", AgencyKind.VOLUNTARY, notice_email="neighbours@example.org"
        )

    @cached_property
    def gp(self) -> Actor:
        """A referrer at the practice."""
        return self.somebody(Role.REFERRER, of=self.practice, name="Dr Amara Okafor")

    @cached_property
    def nurse(self) -> Actor:
        """Another referrer at the same practice."""
        return self.somebody(Role.REFERRER, of=self.practice)

    @cached_property
    def other_gp(self) -> Actor:
        """A referrer at the other practice."""
        return self.somebody(Role.REFERRER, of=self.other_practice)

    @cached_property
    def librarian(self) -> Actor:
        """A referrer at the library."""
        return self.somebody(Role.REFERRER, of=self.library)

    @cached_property
    def lead(self) -> Actor:
        """The Elm team's lead."""
        return self.somebody(Role.TEAM_LEAD, of=self.team, name="Tom Reed")

    @cached_property
    def worker(self) -> Actor:
        """A community referrer of the Elm team."""
        return self.somebody(Role.LINK_WORKER, of=self.team, name="Priya Shah")

    @cached_property
    def other_lead(self) -> Actor:
        """The lead of a team that was sent nothing."""
        return self.somebody(Role.TEAM_LEAD, of=self.other_team)

    @cached_property
    def coordinator(self) -> Actor:
        """The charity's coordinator."""
        return self.somebody(Role.COORDINATOR, of=self.charity)

    @cached_property
    def other_coordinator(self) -> Actor:
        """A coordinator of a charity that was sent nothing."""
        return self.somebody(Role.COORDINATOR, of=self.agency("Sea Shed", AgencyKind.VOLUNTARY))

    @cached_property
    def administrator(self) -> Actor:
        """The practice's administrator, who is no referrer."""
        return self.somebody(Role.ADMINISTRATOR, of=self.practice)

    @cached_property
    def commissioner(self) -> Actor:
        """Somebody who sees counts only."""
        return self.somebody(
            Role.COMMISSIONER, of=self.agency("Health Board", AgencyKind.COMMISSIONER)
        )

    @cached_property
    def referrer_without_agreement(self) -> Actor:
        """A referrer of an agency that may send to nobody."""
        return self.somebody(Role.REFERRER, of=self.agency("Housing", AgencyKind.REFERRER))

    def may_send(self, sender: uuid.UUID, receiver: uuid.UUID) -> None:
        """Put one more agreement in force."""
        build.agreement(self.database, sender, receiver)

    def referred(self, by: Actor | None = None, to: uuid.UUID | None = None, **said: Any) -> Any:
        """Send a referral through the real actions; its id. `said`: see `answers`."""
        by = by or self.gp
        with transaction(by):
            referral = drafts.begin(by, {})
            given = answers(self, to or self.team, **said)
            send.send(by, referral, given, self.database.settings)
            return referral.id

    def get(self, actor: Actor, referral_id: uuid.UUID) -> Referral:
        """The referral as the actor sees it; call it inside `transaction(actor)`."""
        return referrals.get(actor, referral_id)


def load_needs(database: Database) -> None:
    """Load the taxonomy of needs, once a database."""
    owner = database.owner()
    loaded = owner.execute("select exists (select 1 from taxonomy_term)").fetchone()
    if not loaded or not loaded[0]:
        loading.load_needs(owner)
