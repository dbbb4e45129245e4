"""The later journeys for tests: a service of the charity, and referrals taken on and sent on."""

import uuid
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from app.core import clock
from app.core.db import transaction
from app.identity.actor import Actor, Role
from app.identity.models.agency import AgencyKind
from directory.actions import loading
from directory.actions import organisation as organisations
from directory.actions import service as services
from directory.actions.organisation import OrganisationDraft
from directory.actions.topics.description import Description
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.places import Place, Places
from directory.actions.topics.state import State
from directory.actions.topics.topic import Topic
from directory.models.organisation import Organisation
from referrals.caseload.actions import encounter
from referrals.caseload.actions.encounter import EncounterDraft
from referrals.caseload.models.encounter import Kind, Outcome
from referrals.onward.actions import onward
from referrals.onward.models.draft import OnwardDraft
from referrals.onward.queries import preview
from referrals.record.models.referral import Referral
from referrals.triage.actions import answer
from tests.conftest import Database
from tests.world import World


class Stage(World):
    """A world whose charity offers a Tuesday coffee morning in QS1."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.settings = database.settings
        owner = database.owner()
        loaded = owner.execute("select exists (select 1 from postcode where code = 'QS11AA')")
        if not loaded.fetchone()[0]:
            loading.load_postcodes(owner, loading.DEMONSTRATION_POSTCODES)

    @cached_property
    def curator(self) -> Actor:
        """Somebody at the council who keeps the directory."""
        return replace(self.somebody(Role.CURATOR), agency_kind=AgencyKind.COUNCIL)

    @cached_property
    def organisation(self) -> Organisation:
        """The charity's entry in the directory."""
        return self.lists(self.charity)

    @cached_property
    def service_id(self) -> uuid.UUID:
        """The coffee morning."""
        places = Places([Place("Harbour Hall", "1 Quay Street", "Saltmere", "QS1 1AA")])
        return self.offers("Tuesday coffee morning", places, State("places", places=4))

    def lists(self, agency_id: uuid.UUID | None, name: str = "Good Neighbours") -> Organisation:
        """An organisation in the directory, which is this agency or none."""
        with transaction(self.curator):
            draft = OrganisationDraft(f"{name} {uuid.uuid4().hex[:6]}")
            return organisations.add(self.curator, draft, agency_id=agency_id)

    def offers(
        self,
        name: str,
        *topics: Topic,
        of: Organisation | None = None,
        needs: tuple[str, ...] = ("company.groups",),
        takes_referrals: bool = True,
    ) -> uuid.UUID:
        """A service of the charity, or of another organisation; its id."""
        with transaction(self.curator):
            said = Description(name, "Coffee, cake and a chat.", needs=list(needs))
            whom = Eligibility("Anybody", self_referral=True, accepts_referrals=takes_referrals)
            made = services.add(self.curator, of or self.organisation, said, whom, *topics)
            return made.id

    def taken_on(self, **said: Any) -> uuid.UUID:
        """A referral that the team accepted and gave to `worker`; its id."""
        referral_id = self.referred(**{"postcode": "QS1 1AB", **said})
        assert self.service_id  # made now, outside the transactions of the others
        with transaction(self.lead):
            answer.accept(self.lead, self.get(self.lead, referral_id), self.worker.user_id)
        return referral_id

    def spoken_with(self, referral_id: uuid.UUID) -> None:
        """The community referrer reached the person today and will ring again in four weeks."""
        with transaction(self.worker):
            again = clock.today() + timedelta(days=28)
            spoke = EncounterDraft(clock.today(), Kind.TELEPHONE, Outcome.SPOKE, follow_up_on=again)
            encounter.record(self.worker, self.get(self.worker, referral_id), spoke)

    def draft(self, referral: Referral, **more: Any) -> OnwardDraft:
        """What `worker` would send to the coffee morning for the first open need."""
        need = preview.open_needs(referral)[0]
        return OnwardDraft(more.pop("service_id", self.service_id), need.id, **more)

    def sent_on(self, referral_id: uuid.UUID | None = None, **more: Any) -> uuid.UUID:
        """An onward referral to the charity, through the real actions; its id."""
        referral_id = referral_id or self.taken_on()
        with transaction(self.worker):
            referral = self.get(self.worker, referral_id)
            draft = self.draft(referral, **more)
            shown = preview.build(referral, draft)
            return onward.send(self.worker, referral, draft, shown.digest, self.settings).id
