"""The rows that addresses of the matrix name, all made by the real actions of real people."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import psycopg
from sqlalchemy import select

from app.core import clock
from app.core.db import NOBODY, session, transaction
from app.identity.actions import arrival, web_session
from app.identity.actor import Actor, Role
from app.identity.models.agency import Agency
from app.identity.models.user import Membership
from app.identity.queries import user as users
from directory.actions import listing
from directory.actions.topics.places import Place, Places
from directory.actions.topics.state import State
from directory.actions.topics.times import Times
from directory.models.change import ListingChange
from directory.models.schedule import Day, Repeat
from directory.models.timetable import Session
from directory.queries import service as services
from referrals.caseload.actions import encounter, plan, risk
from referrals.caseload.actions.encounter import EncounterDraft
from referrals.caseload.models.encounter import Kind, Outcome
from referrals.caseload.models.plan import Who as Doer
from referrals.emergency.actions import glass
from referrals.emergency.models.glass import Why
from referrals.emergency.queries import glass as glasses
from referrals.onward.actions import follow
from referrals.onward.models.withdrawal import Withdrawal
from referrals.onward.queries import onward as onwards
from referrals.onward.queries import preview
from referrals.oversight.actions.watch import Watch
from referrals.oversight.models.unusual import Kind as Unusual
from referrals.oversight.models.unusual import UnusualAccess
from referrals.record.models.risk import RiskTo
from referrals.record.models.status import Reason
from referrals.refer.actions import draft as drafts
from referrals.retention.actions import erasure, hold
from referrals.retention.models.hold import HoldReason
from referrals.retention.models.kept import Kept
from referrals.retention.queries import erasure as erasures
from referrals.retention.queries import kept
from referrals.retention.queries import kept as kept_until
from referrals.safeguarding.actions import note as notes
from referrals.safeguarding.actions.note import NoteDraft
from tests import ageing, build
from tests.attacks.matrix import curated
from tests.attacks.matrix.who import ELSEWHERE, TEAM, Who
from tests.stage import Stage

Ids = dict[str, Any]
SOURCE = """
    with made as (
        insert into directory_source (id, created_at, name, address, agency_id)
        values (%(source_id)s, now(), %(name)s, 'https://feed.example.org/', %(agency_id)s))
    insert into source_import (id, source_id, started_at)
    values (%(import_id)s, %(source_id)s, now())"""
SAID = """
    insert into source_record (source_id, kind, external_id, local_id, digest, said, changed_at)
    values (%(source_id)s, 'service', '1', %(service_id)s, '', '{"phone": "01"}', now())"""


class Records:
    """Makes records by name (`tests.attacks.matrix.route.SEES`) and keeps the first of each."""

    def __init__(self, stage: Stage, somebody: Callable[[Who], Actor]) -> None:
        self.stage, self.somebody = stage, somebody
        self.kept: dict[str, Ids] = {}

    def live(self, name: str) -> Ids:
        """The values for an address of a record that is there, the same every time."""
        if name and name not in self.kept:
            self.kept[name] = self.fresh(name)
        return self.kept.get(name, {})

    def fresh(self, name: str) -> Ids:
        """The same of a record that nobody has touched yet."""
        if not name:
            return {}
        made: Ids = getattr(self, f"_{name.replace(' ', '_')}")()
        return made

    def ended(self, name: str) -> Ids:
        """A record to which every relationship has ended."""
        key = f"{name}, ended"
        if key not in self.kept:
            ids = self.kept[key] = self.fresh(name)
            column = "onward_referral_id" if name == "onward" else "referral_id"
            with psycopg.connect(self.stage.database.url("postgres")) as superuser:
                superuser.execute(
                    f"update relationship set ended_at = now() where {column} = %s",
                    [ids["onward_id" if name == "onward" else "referral_id"]],
                )
        return self.kept[key]

    def _draft(self) -> Ids:
        gp = self.stage.gp
        with transaction(gp):
            return {"referral_id": drafts.begin(gp, {}).id}

    def _sent(self) -> Ids:
        return {"referral_id": self.stage.referred()}

    def _person(self) -> Ids:
        with transaction(self.stage.gp):
            return {"person_id": self.stage.get(self.stage.gp, self.stage.referred()).person_id}

    def _referral(self) -> Ids:
        worker, referral_id = self.stage.worker, self.stage.taken_on()
        onward_id = self.stage.sent_on(referral_id)
        in_a_month = clock.today() + timedelta(days=28)
        with transaction(worker):
            referral = self.stage.get(worker, referral_id)
            need = preview.open_needs(referral)[0]
            goal = plan.add_goal(worker, referral, need, "Company on Tuesdays", 8)
            step = plan.ActionDraft("Go along together", Doer.PERSON)
            action = plan.add_action(worker, referral, goal, step)
            danger = risk.add(worker, referral, RiskTo.SELF, "Falls", in_a_month)
            spoke = EncounterDraft(clock.today(), Kind.TELEPHONE, Outcome.SPOKE)
            met = encounter.record(worker, referral, spoke)
            ids = {"need_id": need.id, "goal_id": goal.id, "action_id": action.id}
            ids |= {"encounter_id": met.id}
            ids |= {"risk_id": danger.id, "onward_id": onward_id}
            return ids | {"referral_id": referral_id, "service_id": self.stage.service_id}

    def _onward(self) -> Ids:
        return {"onward_id": self.stage.sent_on()}

    def _safeguarding_note(self) -> Ids:
        worker, referral_id = self.stage.worker, self.stage.taken_on()
        lead = self.somebody(Who(TEAM, Role.TEAM_LEAD)).user_id
        said = NoteDraft(
            "Bruises", "", clock.today(), None, hidden_from_person=True, readers=[lead]
        )
        with transaction(worker):
            made = notes.add(worker, self.stage.get(worker, referral_id), said)
            return {"referral_id": referral_id, "note_id": made.id}

    def _broken_glass(self) -> Ids:
        somebody = self.somebody(Who(ELSEWHERE, Role.LINK_WORKER))
        self.break_glass(somebody, self.stage.taken_on())
        with transaction(somebody):
            return {"break_id": glasses.open_now(somebody)[0].id}

    def _emergency(self) -> Ids:
        stage, somebody = self.stage, self.somebody(Who(TEAM, Role.LINK_WORKER))
        if "emergency" not in self.kept:
            stage.may_send(stage.practice, stage.other_team)
        self.break_glass(somebody, stage.referred(to=stage.other_team), held_by=stage.other_lead)
        with transaction(somebody):
            return {"break_id": glasses.open_now(somebody)[0].id}

    def _unusual_access(self) -> Ids:
        who, watch = self.somebody(Who(TEAM, Role.LINK_WORKER)), Watch(self.stage.team)
        with transaction(watch):
            made = UnusualAccess(
                on_day=clock.today(),
                agency_id=watch.agency_id,
                user_id=who.user_id,
                kind=Unusual.MANY_PEOPLE,
            )
            session.add(made)
            return {"line_id": made.id}

    def _overseen_referral(self) -> Ids:
        return {"referral_id": self.live("referral")["referral_id"]}

    def erased(self) -> Ids:
        """A referral whose person was erased by two officers, years after its end."""
        stage, ids = self.stage, self.fresh("referral")
        with psycopg.connect(stage.database.url("postgres")) as superuser:
            ended = "update referral set status = 'completed', closed_at = now() where id = %s"
            superuser.execute(ended, [ids["referral_id"]])
        ageing.age(stage, ids["referral_id"], ageing.NINE_YEARS)
        person_id = ageing.person_of(stage, ids["referral_id"])
        first, second = ageing.officers(stage)
        rules = stage.settings.retention
        with transaction(first):
            proposed = erasure.propose(first, kept.get(first, rules, person_id)).id
        with transaction(second):
            found = erasures.get(second, proposed)
            erasure.approve(second, found, kept.get(second, rules, person_id), rules)
        return ids

    def break_glass(
        self, actor: Actor, referral_id: uuid.UUID, held_by: Actor | None = None
    ) -> None:
        """Somebody opens a referral in an emergency, however often they did today."""
        lead = held_by or self.stage.lead
        with transaction(lead):
            reference = self.stage.get(lead, referral_id).reference
        settings = replace(self.stage.settings, emergency_daily_limit=50)
        emergency = glass.Emergency(Why.OTHER, "It cannot wait until Monday.", reference)
        with transaction(actor):
            assert glass.open_record(actor, emergency, settings).referral_id == referral_id

    def _withdrawal(self) -> Ids:
        worker, referral_id = self.stage.worker, self.stage.taken_on()
        onward_id = self.stage.sent_on(referral_id)
        with transaction(worker):
            referral = self.stage.get(worker, referral_id)
            onward = onwards.get(worker, referral, onward_id)
            follow.withdraw(worker, referral, onward, Reason.PERSON_DECLINED, "Moved away")
            found = select(Withdrawal.id).where(Withdrawal.onward_referral_id == onward_id)
            return {"withdrawal_id": session.scalar(found)}

    def _listing(self) -> Ids:
        curator = self.stage.curator
        hall = Places([Place("Harbour Hall", "1 Quay Street", "Saltmere", "QS1 1AA")])
        hours = Times([Session((Day.TUESDAY,), Repeat.WEEKLY, time(10), time(12))])
        service_id = self.stage.offers("Walking group", hall, hours)
        with transaction(curator):
            service = services.kept(curator, service_id)
            listing.change(curator, service, State("places", places=3))
            changes = select(ListingChange.id).where(ListingChange.service_id == service_id)
            newest = session.scalars(changes.order_by(ListingChange.created_at.desc())).first()
            place = Places.of(service).places[0].id
        ids = {"service_id": service_id, "change_id": newest, "location_id": place}
        return ids | {"position": 0}

    def _source(self) -> Ids:
        ids = {"source_id": uuid.uuid4(), "import_id": uuid.uuid4()}
        agency_id = self.stage.curator.agency_id
        with psycopg.connect(self.stage.database.url("postgres")) as superuser:
            superuser.execute(SOURCE, {**ids, "agency_id": agency_id, "name": str(ids)[:100]})
        return ids

    def _imported_listing(self) -> Ids:
        ids = self._source() | self._listing()
        with psycopg.connect(self.stage.database.url("postgres")) as superuser:
            superuser.execute(SAID, ids)
        return ids

    def _proposal(self) -> Ids:
        return curated.proposal(self.stage)

    def _report(self) -> Ids:
        return curated.reported(self.stage)

    def _unclaimed(self) -> Ids:
        return curated.unclaimed(self.stage)

    def _claim(self) -> Ids:
        return curated.claimed(self.stage, self.somebody)

    def _duplicate(self) -> Ids:
        return curated.duplicate(self.stage)

    def _merge(self) -> Ids:
        return curated.merged(self.stage)

    def _profile(self) -> Ids:
        return curated.profile(self.stage)

    def _organisation(self) -> Ids:
        return {"organisation_id": self.stage.organisation.id}

    def _agreement(self) -> Ids:
        database, more = self.stage.database, {"ends_on": "2027-12-31", "starts_on": "2026-02-01"}
        made = build.agreement(database, self.stage.team, self.stage.practice, **more)
        return {"agreement_id": made}

    def _membership(self) -> Ids:
        actor = self.stage.somebody(Role.COORDINATOR, of=self.stage.team)
        administrator = self.somebody(Who(TEAM, Role.ADMINISTRATOR))
        with transaction(administrator):
            found = select(Membership.id).where(Membership.user_id == actor.user_id)
            ids = {"membership_id": session.scalar(found)}
        return ids | {"session_id": self._session_of(actor)}

    def _own_session(self) -> Ids:
        return {"session_id": self._session_of(self.somebody(Who(TEAM, Role.TEAM_LEAD)))}

    def _session_of(self, actor: Actor) -> uuid.UUID:
        who = web_session.SignedIn(actor.user_id, actor.agency_id, "default")
        with transaction(NOBODY):
            return web_session.start(secrets.token_urlsafe(32), timedelta(hours=1), {}, who)

    def _waiting_user(self) -> Ids:
        with transaction(NOBODY):
            user_id = arrival.arrive(build.ISSUER, uuid.uuid4().hex, "Sam Lowe", "").id
        visitor = arrival.Visitor(user_id)
        with transaction(visitor):
            team = session.get_one(Agency, self.stage.team)
            arrival.ask_to_join(visitor, users.get(user_id), team)
        return {"user_id": user_id}

    def _kept(self) -> Ids:
        return {"person_id": ageing.person_of(self.stage, ageing.ended(self.stage))}

    def _legal_hold(self) -> Ids:
        officer = self.somebody(Who(TEAM, Role.PRIVACY_OFFICER))
        kept = self._kept_by(officer)
        with transaction(officer):
            return {"hold_id": hold.place(officer, kept, HoldReason.COURT, "").id}

    def _erasure(self) -> Ids:
        officer = self.stage.somebody(Role.PRIVACY_OFFICER, of=self.stage.team)
        kept = self._kept_by(officer)
        with transaction(officer):
            return {"erasure_id": erasure.propose(officer, kept).id}

    def _kept_by(self, officer: Actor) -> Kept:
        person_id = self._kept()["person_id"]
        with transaction(officer):
            return kept_until.get(officer, self.stage.settings.retention, person_id)
