"""What went wrong, from an exception to a status and words that may be shown."""

from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import exc
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.core import errors

RETRY_SECONDS = 5
TOO_MANY = 429
COUNTED_SECONDS = 60
CHANGED = "Somebody else changed this while your page was open."


@dataclass(frozen=True)
class Cause:
    """A status, words that may be shown, headers, and whether our side is at fault."""

    status: int
    message: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    ours: bool = False


AUDIT = "insert into audit_event"


def _away(seconds: int = RETRY_SECONDS) -> Cause:
    return Cause(503, headers={"Retry-After": str(seconds)}, ours=True)


TRELLIS: list[tuple[type[errors.TrellisError], int]] = [
    (errors.Denied, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.Invalid, 422),
]


def cause_of(error: BaseException) -> Cause:
    """The cause of anything that a view, the gate or the end of a request may raise."""
    if isinstance(error, HTTPException):
        return _of_http(error)
    if isinstance(error, errors.TrellisError):
        return _of_trellis(error)
    if isinstance(error, StaleDataError):
        return Cause(409, CHANGED)
    if isinstance(error, exc.DBAPIError):
        # No line, no page, whatever the reason: nothing is wrong with the asker.
        audit = (error.statement or "").lower().startswith(AUDIT)
        return _away() if audit else _of_database(error)
    if isinstance(error, exc.TimeoutError | psycopg.OperationalError):
        return _away()
    return Cause(500, ours=True)


def _of_trellis(error: errors.TrellisError) -> Cause:
    if isinstance(error, errors.Unavailable):
        return _away(error.retry_after)
    if isinstance(error, errors.ErasedRecord):
        return Cause(410, error.message)
    if isinstance(error, errors.DamagedRecord):
        return Cause(423, error.message, ours=True)
    for kind, status in TRELLIS:
        if isinstance(error, kind):
            # A 404 says the same about what is absent and what is somebody else's.
            return Cause(status, "" if status == 404 else error.message)
    return Cause(500, ours=True)


def _of_http(error: HTTPException) -> Cause:
    original: Any = getattr(error, "original_exception", None)
    if original is not None:
        return cause_of(original)
    kept = {"Allow", "Retry-After", "WWW-Authenticate"}
    headers = {name: value for name, value in error.get_headers() if name in kept}
    if error.code == TOO_MANY:
        headers.setdefault("Retry-After", str(COUNTED_SECONDS))
    return Cause(error.code or 500, headers=headers, ours=(error.code or 500) >= 500)


def _of_database(error: exc.DBAPIError) -> Cause:
    original = error.orig
    if isinstance(original, psycopg.errors.InsufficientPrivilege):
        return Cause(403)
    if isinstance(original, psycopg.errors.UniqueViolation):
        return Cause(409, CHANGED)
    if isinstance(original, psycopg.DataError):
        return Cause(400)
    if isinstance(original, psycopg.errors.ReadOnlySqlTransaction):
        return _away()  # a standby that has not been promoted yet
    if error.connection_invalidated or isinstance(error, exc.OperationalError | exc.InterfaceError):
        return _away()
    return Cause(500, ours=True)
