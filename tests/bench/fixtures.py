"""A small loaded database for tests: the measured users and some who have little to do."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import db, keys, secrets
from app.factory import create_app
from app.identity.actor import Role
from tests.bench.cast import Cast, Member
from tests.bench.load import run
from tests.conftest import Database, cloned, prepared, sqlalchemy_url

REFERRALS = 2_000
AGENCIES = 80
SERVICES = 400
SESSIONS = 3_000
QUIET = 5


@dataclass(frozen=True)
class Loaded:
    """The application on that database."""

    app: Flask
    cast: Cast

    def busy(self, role: Role) -> Member:
        """Somebody whose list fills more than a page."""
        return self.cast.members[role][0]

    def quiet(self, role: Role) -> Member:
        """Somebody whose list is short."""
        return self.cast.member(role, QUIET)

    def client(self, member: Member) -> FlaskClient:
        """A browser in which they have signed in."""
        client = self.app.test_client()
        client.set_cookie(*member.cookie.split("=", 1))
        return client


@pytest.fixture(scope="module")
def loaded(server: Any, database: Database) -> Iterator[Loaded]:
    """The application's sessions point at it meanwhile, and back at `database` afterwards."""
    with cloned(server, f"loaded_{uuid.uuid4().hex[:12]}") as made, prepared(made):
        superuser = server.url(made.name)
        run.fill(run.Target(superuser, made.settings), REFERRALS, AGENCIES, services=SERVICES)
        app = create_app(made.settings)
        cast = Cast(made.settings, superuser, "http://127.0.0.1:1")
        cast.remember(SESSIONS)
        yield Loaded(app, cast)
    key = secrets.derive(database.settings.secret_key, "context")
    db.configure(sqlalchemy_url(database.url()), key)
    keys.configure(database.settings)
