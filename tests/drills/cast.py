"""Run by path, with another release's code: the people of a drill, made as that release makes them.

Reads the addresses of the database, writes who has signed in and what they would fill in.
"""

import json
import secrets
import sys
from datetime import timedelta

from app.core.db import NOBODY, transaction
from app.identity.actions import web_session
from tests.conftest import Database, _point_at, settings_for
from tests.integration.refer.walk import reasons
from tests.stage import Stage


class Anywhere(Database):
    """A database known by its addresses only."""

    urls: dict[str, str] = {}

    def url(self, role: str = "trellis_app") -> str:
        return self.urls[role]


def main() -> None:
    """Found the agencies, sign people in."""
    Anywhere.urls = json.load(sys.stdin)
    plain = settings_for(Anywhere.urls["trellis_app"])
    database = Anywhere(None, "trellis", plain)  # type: ignore[arg-type]
    _point_at(database)
    stage = Stage(database)
    secret = {"gp": [_signed_in(stage.gp) for _ in range(6)], "lead": [_signed_in(stage.lead)]}
    json.dump({"secrets": secret, "answers": reasons(stage)}, sys.stdout, default=str)


def _signed_in(actor: object) -> str:
    secret = secrets.token_urlsafe(32)
    who = web_session.SignedIn(actor.user_id, actor.agency_id, "default")
    with transaction(NOBODY):
        web_session.start(secret, timedelta(hours=12), {}, who)
    return secret


if __name__ == "__main__":
    main()
