"""New root and index keys, and the end of old ones, wherever they are kept."""

import sqlalchemy as sa

from app.core.errors import Conflict
from app.core.keys.canary import INDEX_SETTING
from app.core.keys.ring import ring
from app.core.keys.tables import BRANCH_KEYS, CANARIES, PERSON_INDEX

# Rows that only an older key can read.
OLDER = {
    "root": lambda newest: sa.exists().where(BRANCH_KEYS.c.root_key != newest),
    "index": lambda newest: sa.exists().where(PERSON_INDEX.c.key_name != newest),
}


def renew(connection: sa.Connection, kind: str) -> None:
    """Make a new key, unless one is there that is not in use yet.

    Raises:
        Conflict: that is the operator's to do; the message says how.
    """
    used = connection.scalar(sa.select(CANARIES.c.key_name).where(CANARIES.c.kind == kind))
    if _newest(kind) != used:
        return
    if kind == "root":
        ring().root.renew()
    else:
        ring().index.renew(INDEX_SETTING)


def forget(connection: sa.Connection, kind: str) -> int:
    """Make every key but the newest unusable; how many.

    Raises:
        Conflict: something can only be read with an older one, or it is the operator's to do.
    """
    newest = _newest(kind)
    canary = sa.exists().where((CANARIES.c.kind == kind) & (CANARIES.c.key_name != newest))
    if connection.scalar(sa.select(OLDER[kind](newest) | canary)):
        raise Conflict(f"Run `trellis keys rotate {kind}` first: an older key is still in use")
    if kind == "root":
        return ring().root.forget_older()
    return ring().index.forget_older(INDEX_SETTING)


def _newest(kind: str) -> str:
    return ring().root.newest() if kind == "root" else ring().index.newest()[0]
