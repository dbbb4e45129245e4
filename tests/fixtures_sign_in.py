"""Members of agencies, and browsers in which they have signed in, for any test."""

import secrets
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import clock
from app.core.db import NOBODY, transaction
from app.factory import create_app
from app.identity.actions import founding, web_session
from app.identity.actor import Actor, Role
from app.identity.models.agency import AgencyKind
from tests.enrolment import enrol

KINDS = {
    Role.REFERRER: AgencyKind.PRACTICE,
    Role.LINK_WORKER: AgencyKind.LINK_WORKER_TEAM,
    Role.TEAM_LEAD: AgencyKind.LINK_WORKER_TEAM,
    Role.COORDINATOR: AgencyKind.VOLUNTARY,
    Role.COMMISSIONER: AgencyKind.COMMISSIONER,
}
ISSUER = "https://sign-in.example.org"

Appoint = Callable[..., Actor]
SignedIn = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def owner(database) -> Iterator[founding.Owner]:
    """A connection as the owner of the database, to set the stage."""
    with psycopg.connect(database.url("trellis_owner"), autocommit=True) as connection:
        yield connection


@pytest.fixture
def member(owner) -> Appoint:
    """`member(Role.LINK_WORKER)` → an Actor of a new agency; `of=actor` for the same agency.

    `kind=`, `agency=` (its name), `name=` (the person's), `also=actor` (the same person in
    another agency) say more. They have proved who they are just now; `replace` says otherwise.
    """

    def appoint(
        *roles: Role,
        of: Actor | None = None,
        also: Actor | None = None,
        agency: str = "",
        kind: AgencyKind | None = None,
        name: str = "",
    ) -> Actor:
        kind = kind or next((KINDS[one] for one in roles if one in KINDS), AgencyKind.COUNCIL)
        agency = of.agency_name if of else agency or f"Agency {uuid.uuid4().hex[:8]}"
        kind = AgencyKind(of.agency_kind) if of else kind
        agency_id = founding.found_agency(owner, agency, kind)
        subject = str(also.user_id) if also else uuid.uuid4().hex
        name = name or (also.name if also else f"Member {subject[:8]}")
        if also:
            row = owner.execute("select subject from app_user where id = %s", [also.user_id])
            subject = str(row.fetchone()[0])
        user_id = enrol(owner, agency_id, ISSUER, subject, name=name, roles=roles)
        return Actor(
            user_id, agency_id, frozenset(roles), name, agency, kind, proved_at=clock.now()
        )

    return appoint


@pytest.fixture(scope="session")
def application(database) -> Flask:
    """Trellis as it runs, on the database of this test process."""
    made = create_app(database.settings)
    made.testing = True
    return made


@pytest.fixture(scope="session")
def signed_in(application) -> SignedIn:
    """`signed_in(actor)` → a browser (Flask test client) in which the actor has signed in."""

    def sign_in(
        actor: Actor, app: Flask = application, lifetime: timedelta = timedelta(hours=12)
    ) -> FlaskClient:
        secret = secrets.token_urlsafe(32)
        who = web_session.SignedIn(
            *(actor.user_id, actor.agency_id, "default", ISSUER, str(actor.user_id)),
            proved_at=actor.proved_at,
            acr=actor.acr,
        )
        with transaction(NOBODY):
            web_session.start(secret, lifetime, {}, who)
        client = app.test_client()
        client.set_cookie(app.session_interface.cookie_name, secret)
        return client

    return sign_in
