"""Sessions for Flask, kept in PostgreSQL: the browser holds a random secret and nothing else."""

import re
import secrets
import uuid
from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin

from app.core import clock
from app.core.db import NOBODY, transaction
from app.identity import sessions_sealing
from app.identity.actions import web_session
from app.identity.actions.web_session import SignedIn
from app.identity.queries.web_session import Opened, opened

SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
NOTE_USE_AFTER = timedelta(minutes=1)


class StoredSession(SessionMixin):
    """What Flask calls `session`. Nothing is read until something is asked of it."""

    def __init__(self, secret: str | None, idle: timedelta, absolute: timedelta) -> None:
        self.secret = secret
        self.idle = idle
        self._absolute = absolute
        self._changed: dict[str, Any] = {}
        self._removed: set[str] = set()
        self._arrival: SignedIn | None = None
        self._moved_to: uuid.UUID | None = None
        self._ended = False

    @cached_property
    def opened(self) -> Opened | None:
        """The stored session and its user, read once in a request."""
        if self.secret is None:
            return None
        now = clock.now()
        with transaction(NOBODY):
            found = opened(web_session.digest_of(self.secret), now, now - self.idle)
            if found and now - found.last_seen_at > NOTE_USE_AFTER:
                web_session.seen(found.id, now)
        return found

    @property
    def looked_at(self) -> bool:
        """Whether this request depended on the session."""
        return "opened" in vars(self) or self.dirty

    @property
    def dirty(self) -> bool:
        """Whether there is something to store."""
        return bool(
            self._changed or self._removed or self._arrival or self._moved_to or self._ended
        )

    def _data(self) -> dict[str, Any]:
        stored = self.opened.data if self.opened and not self._arrival else {}
        kept = {key: value for key, value in stored.items() if key not in self._removed}
        return kept | self._changed

    def __getitem__(self, key: str) -> Any:
        return self._data()[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._removed.discard(key)
        self._changed[key] = value

    def __delitem__(self, key: str) -> None:
        if key not in self._data():
            raise KeyError(key)
        self._changed.pop(key, None)
        self._removed.add(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._data())

    def __len__(self) -> int:
        return len(self._data())

    def sign_in(self, who: SignedIn, hint: str = "") -> None:
        """Begin anew for somebody who has just signed in; nothing stored before is kept.

        `hint` is what their provider wants to see at sign-out.
        """
        self._changed, self._removed = {"hint": hint} if hint else {}, set()
        self._arrival = who

    def act_for(self, agency_id: uuid.UUID) -> None:
        """Carry on under a new secret, for another agency; forms opened before are refused."""
        if hint := self.hint():
            self._changed["hint"] = hint
        self._removed.add("csrf_token")
        self._moved_to = agency_id

    def sign_out(self) -> None:
        """End the session when the request ends."""
        self._ended = True

    def hint(self) -> str:
        """What the provider wants to see at sign-out; only the browser's secret opens it."""
        sealed = self._data().get("hint", "")
        return sessions_sealing.open_with(self.secret, sealed) if sealed and self.secret else ""

    def store(self) -> str | None:
        """Write what changed; returns the secret that the browser must hold from now on."""
        with transaction(NOBODY):
            if self._ended:
                return self._store_end()
            if self._arrival or self.opened is None:
                return self._store_beginning()
            return self._store_change(self.opened)

    def _store_end(self) -> str:
        if self.opened:
            web_session.end(self.opened.id)
        return ""

    def _store_beginning(self) -> str:
        if self.opened:
            web_session.end(self.opened.id)
        secret = secrets.token_urlsafe(32)
        lifetime = self._absolute if self._arrival else self.idle
        web_session.start(secret, lifetime, self._sealed(secret), self._arrival)
        return secret

    def _store_change(self, stored: Opened) -> str | None:
        secret = secrets.token_urlsafe(32) if self._moved_to else None
        if secret:
            web_session.renew(stored.id, secret, self._moved_to)
        web_session.change(stored.id, self._sealed(secret), self._removed)
        return secret

    def _sealed(self, secret: str | None) -> dict[str, Any]:
        if secret and (hint := self._changed.get("hint")):
            return self._changed | {"hint": sessions_sealing.seal_with(secret, hint)}
        return self._changed


class DatabaseSessions(SessionInterface):
    """Opens and stores the session of each request."""

    def __init__(self, idle: timedelta, absolute: timedelta, *, https: bool) -> None:
        self.idle = idle
        self._absolute = absolute
        self._https = https
        self.cookie_name = "__Host-trellis" if https else "trellis"

    def open_session(self, app: Flask, request: Request) -> StoredSession:  # noqa: ARG002
        """The session of the cookie, not yet read."""
        secret = request.cookies.get(self.cookie_name, "")
        known = secret if SECRET.fullmatch(secret) else None
        return StoredSession(known, self.idle, self._absolute)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002
        """Store what the request changed and send a new secret if there is one."""
        if not isinstance(session, StoredSession):
            return
        if session.looked_at:
            response.vary.add("Cookie")
        if not session.dirty:
            return
        secret = session.store()
        if secret:
            self._give(response, secret)
        elif secret == "":
            response.delete_cookie(
                self.cookie_name, secure=self._https, httponly=True, samesite="Lax"
            )

    def _give(self, response: Response, secret: str) -> None:
        response.set_cookie(
            self.cookie_name, secret, secure=self._https, httponly=True, samesite="Lax"
        )
