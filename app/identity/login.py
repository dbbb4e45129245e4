"""The actor of this request, read from the database again each time."""

from datetime import timedelta

from flask import Flask, Request, Response, session
from flask_login import LoginManager, UserMixin

from app.core.errors import TrellisError
from app.identity import assurance
from app.identity.actor import Actor
from app.identity.oidc import providers
from app.identity.queries.web_session import Opened
from app.identity.sessions import DatabaseSessions, StoredSession
from config.settings import Settings


class SignInNeeded(TrellisError):
    """Nobody has signed in, or their session has ended."""


class NotYetApproved(TrellisError):
    """Somebody has signed in whom no agency has, or any longer has, as a member."""


class AgencyNeeded(TrellisError):
    """A member of several agencies has not said for which one they act."""


def opened_session() -> Opened | None:
    """This request's session with its user, or None when nobody has signed in."""
    mine: StoredSession = session._get_current_object()  # type: ignore[attr-defined]
    return mine.opened if mine.opened and mine.opened.user_id else None


def stored_session() -> StoredSession:
    """This request's session itself, to sign in, move or sign out."""
    mine: StoredSession = session._get_current_object()  # type: ignore[attr-defined]
    return mine


def session_reference() -> str | None:
    """The id of the session that this request depended on, which names nobody and opens nothing."""
    mine = stored_session()
    read = mine.opened if "opened" in vars(mine) else None
    return str(read.id) if read and read.user_id else None


def current_actor() -> Actor:
    """Who is asking, and for which agency.

    Raises:
        SignInNeeded: nobody; the gate sends them to sign in.
        NotYetApproved: somebody without an agency; the gate sends them to wait.
        AgencyNeeded: somebody with several; the gate sends them to choose.
    """
    found = opened_session()
    if found is None:
        raise SignInNeeded("Sign in to see this page")
    if found.actor is not None:
        return found.actor
    if found.acting_for:
        raise AgencyNeeded("Choose the agency you are acting for")
    raise NotYetApproved("An administrator of your agency has to let you in first")


def actor_or_none() -> Actor | None:
    """The actor, or None for everybody else: for pages that are open to all."""
    found = opened_session()
    return found.actor if found else None


class _SignedInUser(UserMixin):
    def __init__(self, found: Opened) -> None:
        self.id = str(found.user_id)
        self.name = found.user_name
        self.actor = found.actor


class _LoginManager(LoginManager):
    def _update_remember_cookie(self, response: Response) -> Response:
        return response  # nobody is remembered after the session; do not read it for this


def install(app: Flask, settings: Settings) -> None:
    """Keep sessions in the database, know the providers, tell Flask-Login who is there."""
    app.session_interface = DatabaseSessions(
        timedelta(minutes=settings.idle_minutes),
        timedelta(hours=settings.absolute_hours),
        https=settings.public_url.startswith("https://"),
    )
    providers.install(app, settings.providers)
    assurance.configure(settings.acts)
    manager = _LoginManager(app)
    manager.session_protection = None
    manager.request_loader(_user_of)


def _user_of(_request: Request) -> _SignedInUser | None:
    found = opened_session()
    return _SignedInUser(found) if found else None
