"""One person's way from a practice to a charity and back, by real people at real pages."""

import io
import uuid
from datetime import timedelta

import psycopg
from sqlalchemy import select

from app.core import clock
from app.core.db import session, transaction
from app.factory import create_app
from app.identity.actor import Role
from referrals.caseload.models.plan import Goal
from referrals.finish.actions import closing
from referrals.finish.actions import need as needs
from referrals.finish.models.closing import Closing
from referrals.finish.models.message import Letter
from referrals.inbox.actions import attendance
from referrals.inbox.queries import inbox
from referrals.oversight.queries import emergencies
from referrals.record.models.need import NeedStatus
from referrals.record.models.status import Status
from referrals.record.queries import referral as referrals
from referrals.safeguarding.actions import note as notes
from referrals.safeguarding.actions.note import NoteDraft
from tests.attacks.canary import EVERYTHING, NAMES, NUMBERS, REACH, WORDS
from tests.browse import page_of, sent
from tests.conftest import settings_for
from tests.integration.mail.server import post_office
from tests.integration.refer.walk import id_of, ready
from tests.own_server import trellis, until
from tests.providers.provider import free_port
from tests.stage import Stage

MARKER = "Perspicuous Surgery"


class Journey:
    """One person's way from a practice to a charity and back, and what it left behind."""

    def __init__(self, database, folder, signed_in):
        self.database, self.folder, self.log = database, folder, io.StringIO()
        self.app = create_app(settings_for(database.url(), TRELLIS_LOG_LEVEL="DEBUG"))
        self.stage = Stage(database)
        with psycopg.connect(database.url("trellis_owner")) as owner:
            owner.execute(
                "update agency set name = %s where id = %s", [MARKER, self.stage.practice]
            )
        self.client = lambda actor: signed_in(actor, self.app)
        self.pages = []

    def typed(self, who, page, /, **answers):
        client = self.client(who)
        shown = sent(client, page, page_of(client, page), **answers)
        self.pages.append(shown)
        return shown

    def referred(self):
        client = self.client(self.stage.gp)
        day = {"date_of_birth-day": "17", "date_of_birth-month": "2", "date_of_birth-year": "1931"}
        who = {"given_name": NAMES["given"], "family_name": NAMES["family"], **day}
        who |= {"preferred_name": NAMES["preferred"], "nhs_number": NUMBERS["nhs in groups"]}
        contact = {"phone": REACH["phone"], "email": REACH["mail"], "address": REACH["street"]}
        why = {"reason": WORDS["reason"], "own_words": WORDS["own words"], "risks": "known"}
        why |= {"risk_to": ["self"], "risk_words": WORDS["safeguarding"]}
        address = ready(self.stage, client, who, {**contact, "postcode": "QS1 1AB"}, why)
        done = sent(client, f"{address}check", page_of(client, f"{address}check"))
        self.id = uuid.UUID(id_of(address))
        self.pages.append(done + client.get(f"{address}paper").text)

    def taken_on(self):
        stage, here = self.stage, f"/caseload/{self.id}"
        lead = self.client(stage.lead)
        judged = page_of(lead, f"/triage/{self.id}")
        sent(lead, f"/triage/{self.id}/acceptance", judged, who=str(stage.worker.user_id))
        today = clock.today()
        day = {f"held_on-{part}": str(getattr(today, part)) for part in ("day", "month", "year")}
        spoke = {"kind": "telephone", "outcome": "spoke with the person", "note": WORDS["note"]}
        self.typed(stage.worker, f"{here}/encounters/new", **day, **spoke)
        self.typed(stage.worker, f"{here}/about-me", what_matters=WORDS["about me"])
        soon = today + timedelta(days=30)
        day = {f"review_on-{part}": str(getattr(soon, part)) for part in ("day", "month", "year")}
        self.typed(stage.worker, f"{here}/risks/new", risk_to="self", words=WORDS["risk"], **day)
        today = {name.replace("held", "noticed"): value for name, value in day.items()}
        concern = {"concern": WORDS["concern"], "comment": WORDS["concern"]}
        concern["readers"] = str(stage.lead.user_id)
        self.typed(stage.worker, f"{here}/safeguarding/new", **concern, **today)
        with transaction(stage.worker):
            self.needs = [one.id for one in referrals.needs(stage.get(stage.worker, self.id))]
        goal = f"{here}/needs/{self.needs[0]}/goals/new"
        self.typed(stage.worker, goal, words=WORDS["goal"], importance="8")
        with transaction(stage.worker):
            made = select(Goal.id).where(Goal.referral_id == self.id)
            step = f"{here}/goals/{session.scalars(made).one()}/actions/new"
        self.typed(stage.worker, step, words=WORDS["action"], who="person")

    def watched_over(self):
        """A note for named people only, and somebody elsewhere who opens the record."""
        stage = self.stage
        with transaction(stage.worker):
            said = (WORDS["concern"], WORDS["concern"], clock.today(), None)
            said = NoteDraft(*said, hidden_from_person=True, readers=[stage.lead.user_id])
            notes.add(stage.worker, stage.get(stage.worker, self.id), said)
        self.pages.append(page_of(self.client(stage.worker), f"/caseload/{self.id}"))
        opened = self.typed(
            stage.other_lead,
            "/emergency/",
            nhs_number=NUMBERS["nhs"],
            why="life at risk",
            words=WORDS["emergency"],
            understood="y",
        )
        assert NAMES["family"] in opened, "the glass was broken"

    def sent_on(self):
        stage = self.stage
        assert stage.service_id
        self.onward_id = stage.sent_on(self.id, words=WORDS["onward"])
        coordinator = self.client(stage.coordinator)
        where = f"/inbox/{self.onward_id}"
        self.pages.append(page_of(coordinator, where))
        accept = page_of(coordinator, f"{where}/accept")
        self.pages.append(sent(coordinator, f"{where}/accept", accept, words=WORDS["answer"]))
        with transaction(stage.coordinator):
            one = inbox.get(stage.coordinator, self.onward_id)
            attendance.attended(stage.coordinator, one, WORDS["answer"])
            attendance.complete(stage.coordinator, one, WORDS["answer"])

    def opened_in_an_emergency(self):
        """By somebody of another team, and judged by their privacy officer."""
        stage = self.stage
        outsider = stage.somebody(Role.LINK_WORKER, of=stage.other_team)
        officer = stage.somebody(Role.PRIVACY_OFFICER, of=stage.other_team)
        self.outsider = (outsider, officer)
        why = {"why": "other", "words": WORDS["emergency"], "understood": "y"}
        self.typed(outsider, "/emergency/", nhs_number=NUMBERS["nhs in groups"], **why)
        with transaction(officer):
            where = (
                f"/oversight/emergencies/{emergencies.page(officer, judged=False).rows[0][0].id}"
            )
        self.pages.append(page_of(self.client(officer), where))
        self.typed(officer, where, judgement="not justified", words=WORDS["judgement"])
        self.pages.append(page_of(self.client(officer), where))

    def finished(self):
        stage = self.stage
        with transaction(stage.worker):
            referral = stage.get(stage.worker, self.id)
            for one in referrals.needs(referral):
                needs.end(stage.worker, referral, one, NeedStatus.MET, WORDS["ending"])
            letter = Letter(actions=(WORDS["closing"],), summary=WORDS["closing"])
            closing.close(stage.worker, referral, Closing(Status.COMPLETED, letter))
        self.pages.append(page_of(self.client(stage.gp), f"/sent/{self.id}"))

    def stumbled(self):
        """Searches, mistakes, refusals and a broken body, each with the person's words in it."""
        gp, worker = self.client(self.stage.gp), self.client(self.stage.worker)
        found = page_of(gp, "/refer/find")
        self.pages.append(sent(gp, "/refer/find", found, nhs_number=NUMBERS["nhs"]))
        sent(gp, "/refer/find", found, nhs_number=NUMBERS["nhs"], family_name="x" * 500)
        sent(worker, "/caseload/find", page_of(worker, "/caseload/find"), words=NAMES["family"])
        everything = {name.replace(" ", "_"): value for name, value in EVERYTHING.items()}
        for client in (gp, worker, self.app.test_client()):
            for address in ("/refer/new", f"/caseload/{self.id}/person", "/nowhere"):
                client.post(address, data=everything)
                client.post(address, json=everything)
                client.put(address, data=everything)
        broken = f'{{"name": "{NAMES["given"]} {NAMES["family"]}"'.encode()
        gp.post("/refer/new", data=broken, content_type="multipart/form-data; boundary=x")
        gp.post("/refer/new", data=broken * 40_000)

    def notices_sent(self):
        """The worker sends what waits, over a real SMTP server; then its jobs are gone."""
        with self.superuser() as server:
            rows = server.execute("select t::text from procrastinate_jobs t").fetchall()
        self.jobs = repr(rows).encode()
        with post_office(free_port()) as self.post:
            log = self.folder / "worker.log"
            more = {"TRELLIS_SMTP_URL": self.post.url, "TRELLIS_LOG_LEVEL": "DEBUG"}
            with trellis(self.database, "worker", log=log, **more):
                until(lambda: len(self.post.envelopes) >= 3)

    def superuser(self):
        return psycopg.connect(self.database.url("postgres"), autocommit=True)
