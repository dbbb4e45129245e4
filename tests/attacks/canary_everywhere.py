"""What else meets the canary: a served web, the nightly jobs, rotated keys, an erasure."""

import contextlib
import uuid
from typing import Any

from app.core import clock
from app.core.db import transaction
from app.core.errors import DamagedRecord
from app.core.sealing import SealedGroup, codec, registry
from app.identity.actor import Actor
from referrals.oversight.actions.watch import Watch, look_at
from referrals.record.actions.integrity import check_integrity
from referrals.retention.actions import erasure
from referrals.retention.queries import erasure as erasures
from referrals.retention.queries import kept as kept_until
from tests.ageing import close_long_ago, officers, person_of
from tests.attacks.canary import NAMES, NUMBERS
from tests.attacks.canary_journey import Journey
from tests.attacks.matrix.lives import sealed_columns
from tests.attacks.served import Served
from tests.own_server import trellis, until
from tests.providers.provider import free_port


class Everywhere(Journey):
    """The journey, and then all that happens to its record by itself."""

    def read_back(self) -> None:
        """All that is sealed and can be opened by one of them, as it is stored."""
        stage, found = self.stage, b""
        outsider = self.outsider
        for actor in (stage.gp, stage.worker, stage.lead, stage.coordinator, *outsider):
            for one in sealed_columns():
                found += self._sealed(actor, one)
        self.stored = found.decode()

    def _sealed(self, actor: Actor, column: registry.SealedColumn) -> bytes:
        found, owner = b"", vars(column.owner).values()
        groups = [one for one in owner if isinstance(one, SealedGroup)]
        (group,) = (one for one in groups if one.group == column.group)
        with transaction(actor) as session:
            for row in session.query(column.owner).all():
                with contextlib.suppress(DamagedRecord):
                    value: Any = group.__get__(row, column.owner)
                    found += codec.to_json(value) if value is not None else b""
        return found

    def served(self) -> None:
        """Real gunicorn at its most talkative, asked rightly, wrongly and brokenly."""
        port = free_port()
        here = Served(f"http://127.0.0.1:{port}", self.database, self.folder, self.stage)
        command = ("web", "--port", str(port), "--workers", "1")
        with trellis(self.database, *command, log=self.folder / "web.log", **TALKATIVE):
            until(lambda: here.status("/health/ready") == 200)
            browser = here.browser(self.stage.worker)
            page = browser.get(f"{here.url}/caseload/{self.id}", timeout=30).text
            assert NAMES["family"] in page
            for address in (
                "/caseload/find",
                "/refer/new",
                "/nowhere",
                f"/caseload/{self.id}/person",
            ):
                typed = {"words": NAMES["family"], "nhs_number": NUMBERS["nhs"]}
                browser.post(here.url + address, data=typed, timeout=30)
                browser.post(here.url + address, json=typed, timeout=30)
            broken = {"Content-Type": "multipart/form-data; boundary=x", "X-Name": NAMES["given"]}
            body = NAMES["family"].encode() * 9
            browser.post(here.url + "/refer/new", data=body, headers=broken, timeout=30)

    def watched_at_night(self) -> None:
        """Unusual access and integrity, as the worker runs them at night."""
        stage = self.stage
        for agency_id in (stage.practice, stage.team, stage.charity, stage.other_team):
            with transaction(Watch(agency_id)):
                look_at(Watch(agency_id), clock.today())
        check_integrity(0)

    def rotated(self) -> None:
        """The person's key, as an operator does it."""
        with trellis(
            self.database, "keys", "rotate", "person", log=self.folder / "operator.log"
        ) as it:
            assert it.wait(60) == 0

    def erased(self) -> None:
        """Years later, by two officers."""
        close_long_ago(self.stage, self.id)
        person_id, rules = person_of(self.stage, self.id), self.stage.settings.retention
        first, second = officers(self.stage)
        with transaction(first):
            kept = kept_until.get(first, rules, person_id)
            proposed: uuid.UUID = erasure.propose(first, kept).id
        with transaction(second):
            erasure.approve(second, erasures.get(second, proposed), kept, rules)


TALKATIVE = {"TRELLIS_LOG_LEVEL": "DEBUG"}
