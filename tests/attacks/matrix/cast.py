"""Real members with real sessions, for everybody in `tests.attacks.matrix.who`."""

import re
import secrets
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import clock
from app.identity.actor import Actor, Role
from app.identity.models.agency import AgencyKind
from tests.attacks.matrix.route import Answer
from tests.attacks.matrix.who import CHARITY, ELSEWHERE, HOLDER, PRACTICE, TEAM, Who
from tests.stage import Stage

FITTING = {
    Role.REFERRER: AgencyKind.PRACTICE,
    Role.LINK_WORKER: AgencyKind.LINK_WORKER_TEAM,
    Role.TEAM_LEAD: AgencyKind.LINK_WORKER_TEAM,
    Role.COORDINATOR: AgencyKind.VOLUNTARY,
    Role.COMMISSIONER: AgencyKind.COMMISSIONER,
}
TOKEN = re.compile(r'name="[a-z0-9-]*csrf_token"[^>]*value="([^"]+)"')
WITHDRAWN = {
    "a suspended member": "update app_user set status = 'suspended' where id = %s",
    "somebody whose membership has ended": (
        "update membership set ended_at = now() where user_id = %s"
    ),
    "somebody no administrator has let in": (
        "update app_user set status = 'waiting' where id = %s"
    ),
}


class Cast:
    """Everybody, each with a browser; made when first asked for."""

    def __init__(self, stage: Stage, sign_in: Callable[[Actor], FlaskClient], owner: Any) -> None:
        self.stage, self.sign_in, self.owner = stage, sign_in, owner
        self.somebody = cache(self._somebody)
        self.client = cache(self._client)
        self.token = cache(self._token)
        self.shut_out = cache(self._shut_out)

    def _somebody(self, who: Who) -> Actor:
        if who == HOLDER:
            return self.stage.worker
        if who.place == ELSEWHERE:
            kind = FITTING.get(who.role, AgencyKind.COUNCIL)
            return self.stage.somebody(who.role, of=self.stage.agency("Elsewhere", kind))
        agencies = {
            PRACTICE: self.stage.practice,
            TEAM: self.stage.team,
            CHARITY: self.stage.charity,
        }
        return self.stage.somebody(who.role, of=agencies[who.place])

    def _client(self, who: Who) -> FlaskClient:
        # Their proof of who they are stays young for as long as the matrix takes.
        lasting = clock.now() + timedelta(hours=1)
        return self.sign_in(replace(self.somebody(who), proved_at=lasting))

    def _token(self, who: Who) -> str:
        return token_of(self.client(who))

    def _shut_out(self, why: str) -> tuple[FlaskClient, str]:
        """A lead of the team who signed in before they were shut out, and their token."""
        actor = self.stage.somebody(Role.TEAM_LEAD, of=self.stage.team)
        client = self.sign_in(actor)
        token = token_of(client)
        self.owner.execute(WITHDRAWN[why], [actor.user_id])
        return client, token


def token_of(client: FlaskClient) -> str:
    """The token of this browser's session: every form of it carries the same."""
    found = TOKEN.search(client.get("/sign-out").text)
    assert found, "The page to sign out has no form any more: take the token from another page"
    return found[1]


def sending(prefix: str, token: str, fields: Mapping[str, str]) -> dict[str, str]:
    """What a form says: a valid token, a fresh key, and its fields."""
    own = {f"{prefix}csrf_token": token, f"{prefix}idempotency_key": str(uuid.uuid4())}
    return {"csrf_token": token, **own, **fields}


def said(answer: TestResponse) -> Answer | str:
    """What an answer tells, or a description of one that the matrix has no word for."""
    if answer.status_code in (200, 303, 302, 308, 400, 409, 422):
        target = answer.headers.get("Location", "")
        if target.startswith("/sign-in?"):
            return Answer.SIGN_IN
        return Answer.WAIT if target == "/account/waiting" else Answer.THROUGH
    words = {401: Answer.SIGN_IN, 403: Answer.FORBIDDEN, 404: Answer.ABSENT}
    return words.get(answer.status_code, f"status {answer.status_code}")


def unguessable() -> str:
    """A cookie's secret that nobody was given."""
    return secrets.token_urlsafe(32)
