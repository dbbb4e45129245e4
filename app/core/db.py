"""The database: one declarative base, one session, one visible transaction at a time."""

import contextlib
import hashlib
import hmac
import uuid
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from app.core import clock, connecting, context
from app.core.context import NOBODY, Asker
from app.core.errors import NoActor

__all__ = [
    "NOBODY",
    "Base",
    "apart",
    "configure",
    "engine",
    "say_who_asks",
    "session",
    "stamp",
    "transaction",
]

NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s_index",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
    "ck": "%(table_name)s_%(constraint_name)s_check",
}


class Base(DeclarativeBase):
    """Every stored thing: an id made by the client, so that it is known before the insert."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: sa.DateTime(timezone=True),
        list[str]: sa.ARRAY(sa.Text),
        str: sa.Text,
    }

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column()

    def __init__(self, **values: Any) -> None:
        values = {"id": uuid.uuid4(), "created_at": clock.now(), **values}
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name}")
            setattr(self, name, value)


_sessions: sessionmaker[Session] = sessionmaker(expire_on_commit=False)
_current: ContextVar[Session | None] = ContextVar("session", default=None)
_context_key: list[bytes] = []


class _CurrentSession:
    """Stands for the session of the transaction we are in."""

    def __getattr__(self, name: str) -> Any:
        found = _current.get()
        if found is None:
            raise NoActor("Nothing is read or written outside a transaction")
        return getattr(found, name)


session: Session = _CurrentSession()  # type: ignore[assignment]


def configure(url: str, context_key: bytes, pool_size: int = 8) -> sa.Engine:
    """Point every later transaction at `url`; contexts are signed with `context_key`."""
    made = connecting.pool(url, pool_size)
    if _sessions.kw.get("bind") is not None:
        _sessions.kw["bind"].dispose()
    _sessions.configure(bind=made)
    _context_key[:] = [context_key]
    return made


def stamp(text: str) -> bytes:
    """HMAC-SHA256 of `text`: something the application wrote, that SQL alone cannot write."""
    return hmac.new(_context_key[0], b"row\0" + text.encode(), hashlib.sha256).digest()


def say_who_asks(execute: Callable[..., Any], asker: Asker) -> None:
    """Say it in a transaction that was begun without a session."""
    context.say(execute, asker, _context_key[0])


def engine() -> sa.Engine:
    """The engine in use. Raises NoActor when `configure` was not called."""
    bind = _sessions.kw.get("bind")
    if bind is None:
        raise NoActor("The database is not configured")
    return bind


@sa.event.listens_for(Session, "after_begin")
def _begin(begun: Session, _transaction: Any, connection: sa.Connection) -> None:
    if "asker" in begun.info:
        say_who_asks(connection.exec_driver_sql, begun.info["asker"])


@contextlib.contextmanager
def transaction(asker: Asker) -> Iterator[Session]:
    """One transaction in the name of `asker`: committed at the end, rolled back on an error.

    Inside another transaction of the same asker it joins that one.
    """
    outer = _current.get()
    if outer is not None:
        if outer.info["asker"] is not asker:
            raise NoActor("A transaction for somebody else is still open")
        yield outer
        return
    begun = _sessions(info={"asker": asker})
    token = _current.set(begun)
    try:
        with begun.begin():
            yield begun
    finally:
        _current.reset(token)
        begun.close()


@contextlib.contextmanager
def apart(asker: Asker) -> Iterator[Session]:
    """A transaction of its own, kept even when the one around it is rolled back."""
    token = _current.set(None)
    try:
        with transaction(asker) as begun:
            yield begun
    finally:
        _current.reset(token)
