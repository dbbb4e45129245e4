"""The people the bench signs in as, on one database, and what they will ask for."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg

import app.factory  # noqa: F401 - so that every mapped class is known
from app.core import db, keys
from app.core.address import sqlalchemy_url
from app.core.db import NOBODY, transaction
from app.core.secrets import derive
from app.identity.actions import web_session
from app.identity.actor import Actor, Role
from config.settings import Settings
from tests.bench.load.district import MEASURED

AGENCIES = {
    Role.REFERRER: "Practice",
    Role.LINK_WORKER: "Team",
    Role.TEAM_LEAD: "Team",
    Role.COORDINATOR: "Charity",
}


@dataclass(frozen=True)
class Member:
    """One user with a session of their own."""

    actor: Actor
    subject: str
    cookie: str

    @property
    def headers(self) -> dict[str, str]:
        """What their browser sends."""
        return {"Cookie": self.cookie}


# Sessions stay for thirty days after their end.
PAST_SESSIONS = """
    insert into web_session (id, created_at, digest, user_id, agency_id, provider, issuer, subject,
        last_seen_at, expires_at, ended_at)
    select gen_random_uuid(), seen, sha256(number::text::bytea), member.user_id, member.agency_id,
        'default', 'http://127.0.0.1:1', number::text, seen, seen + interval '12 hours', seen
    from (select user_id, agency_id, row_number() over () place, count(*) over () places
        from membership) member
    join generate_series(1, %(many)s) number on number %% places = place - 1
    cross join lateral (select now() - number %% 30 * interval '1 day' as seen) past"""


class Cast:
    """MEASURED members of each role, each in another agency."""

    def __init__(self, settings: Settings, admin_url: str, issuer: str) -> None:
        self.admin_url, self.issuer = admin_url, issuer
        self.settings = settings
        self.members = {role: self._members(role) for role in AGENCIES}

    def configure(self) -> None:
        """Point this process at the database of this cast."""
        url = sqlalchemy_url(self.settings.database_url or "")
        db.configure(url, derive(self.settings.secret_key, "context"))
        keys.configure(self.settings)

    def remember(self, many: int) -> None:
        """So many sessions of days past, which every request has to look beside."""
        with psycopg.connect(self.admin_url, autocommit=True) as admin:
            admin.execute(PAST_SESSIONS, {"many": many})
            admin.execute("analyze web_session")

    def ask(self, sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Rows, as the superuser: to find what a user might type."""
        with psycopg.connect(self.admin_url) as admin:
            return admin.execute(sql, values).fetchall()

    def people(self) -> list[dict[str, str]]:
        """Everybody, as the provider's list names them."""
        return [
            {"subject": one.subject, "name": one.actor.name, "about": "", "email": ""}
            for some in self.members.values()
            for one in some
        ]

    def _members(self, role: Role) -> list[Member]:
        self.configure()
        return [self.member(role, number) for number in range(MEASURED)]

    def member(self, role: Role, number: int) -> Member:
        """The first of a role in the `number`-th agency of its kind, signed in."""
        agency = f"{AGENCIES[role]} {number:03}"
        subject = f"{agency} {role} 0".lower().replace(" ", "-")
        with psycopg.connect(self.admin_url) as admin:
            known = {"issuer": self.issuer, "subject": subject}
            sql = "update app_user set issuer = %(issuer)s where subject = %(subject)s"
            row = admin.execute(f"{sql} returning id, name", known).fetchone()
            place = admin.execute("select id from agency where name = %s", [agency]).fetchone()
        assert row is not None, subject
        assert place is not None, agency
        actor = Actor(row[0], place[0], frozenset({role}), row[1], agency)
        return Member(actor, subject, self._session(actor, subject))

    def _session(self, actor: Actor, subject: str) -> str:
        secret = secrets.token_urlsafe(32)
        who = web_session.SignedIn(actor.user_id, actor.agency_id, "default", self.issuer, subject)
        with transaction(NOBODY):
            web_session.start(secret, timedelta(hours=12), {}, who)
        return f"trellis={secret}"


def own_referrals(cast: Cast, member: Member) -> list[uuid.UUID]:
    """The open referrals of a community referrer."""
    sql = "select id from referral where link_worker_id = %(id)s and closed_at is null order by id"
    return [row[0] for row in cast.ask(sql, {"id": member.actor.user_id})]
