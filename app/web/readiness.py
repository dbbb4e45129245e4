"""Whether this process can serve: database there, clocks and migrations right, and the keys."""

import re
import time
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

import migrations
from app.core import guard
from app.core.context import LIFETIME_SECONDS
from app.core.db import NOBODY, session, transaction
from app.core.errors import TrellisError
from app.core.keys.canary import WrongKey, check_canary

GOOD = "ok"
# Half of what a signed context lives: with more, the database would refuse it.
CLOCKS_APART_SECONDS = LIFETIME_SECONDS / 2
NAMED = re.compile(r'^(down_)?revision = "(\w+)"', re.MULTILINE)


@cache
def _named() -> frozenset[tuple[str, str]]:
    # Read from the files: Alembic would be 10 MB in every worker for this alone.
    scripts = Path(migrations.__file__).parent.glob("versions/*.py")
    texts = [path.read_text(encoding="utf-8") for path in scripts]
    return frozenset(one for text in texts for one in NAMED.findall(text))


def known_migrations() -> set[str]:
    """Every migration that this release knows."""
    return {revision for down, revision in _named() if not down}


def newest_migration() -> str:
    """The migration that this release was written for, after which there is no other."""
    (newest,) = known_migrations() - {revision for down, revision in _named() if down}
    return newest


def checks() -> dict[str, str]:
    """What was looked at, and what was found: "ok", or what is wrong."""
    found = {
        "database": "out of reach",
        "clock": "not known",
        "migrations": "not known",
        "keys": "not known",
        "wall": "not known",
    }
    try:
        with transaction(NOBODY):
            found["database"] = GOOD if session.scalar(sa.select(1)) else "out of reach"
            found["clock"] = _clock()
            found["migrations"] = _migrations()
            found["keys"] = _keys()
            found["wall"] = _wall()
    except (SQLAlchemyError, TrellisError):
        pass  # what could not be looked at says so already
    return found


def _clock() -> str:
    theirs = session.scalar(sa.text("select extract(epoch from clock_timestamp())::float8"))
    apart = abs(time.time() - float(theirs or 0))
    return GOOD if apart < CLOCKS_APART_SECONDS else f"{apart:.0f} seconds from the database's"


def _wall() -> str:
    try:
        guard.check(session)
    except guard.WallIsDown:
        return "not standing"
    return GOOD


def _migrations() -> str:
    now = session.scalar(sa.text("select version_num from alembic_version"))
    # One that we do not know is a later release's: this one serves on until it is replaced.
    older = known_migrations() - {newest_migration()}
    return "not current" if now is None or now in older else GOOD


def _keys() -> str:
    try:
        check_canary(session)
    except WrongKey:
        return "not those of this database"
    return GOOD
