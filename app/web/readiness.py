"""Whether this process can serve: database there, migrations current, keys the right ones."""

from functools import cache

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from app.core import guard
from app.core.db import NOBODY, session, transaction
from app.core.errors import TrellisError
from app.core.installation import SCRIPTS
from app.core.keys.canary import WrongKey, check_canary

GOOD = "ok"


@cache
def newest_migration() -> str | None:
    """The migration that this release was written for."""
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


def checks() -> dict[str, str]:
    """What was looked at, and what was found: "ok", or what is wrong."""
    found = {
        "database": "out of reach",
        "migrations": "not known",
        "keys": "not known",
        "wall": "not known",
    }
    try:
        with transaction(NOBODY):
            found["database"] = GOOD if session.scalar(sa.select(1)) else "out of reach"
            found["migrations"] = _migrations()
            found["keys"] = _keys()
            found["wall"] = _wall()
    except (SQLAlchemyError, TrellisError):
        pass  # what could not be looked at says so already
    return found


def _wall() -> str:
    try:
        guard.check(session)
    except guard.WallIsDown:
        return "not standing"
    return GOOD


def _migrations() -> str:
    now = session.scalar(sa.text("select version_num from alembic_version"))
    return GOOD if now == newest_migration() else "not current"


def _keys() -> str:
    try:
        check_canary(session)
    except WrongKey:
        return "not those of this database"
    return GOOD
