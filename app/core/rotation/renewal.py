"""New root and index keys, and the end of old ones, where the keys stand in files of ours."""

import os

import sqlalchemy as sa

from app.core.errors import Conflict
from app.core.keys import key_file
from app.core.keys.canary import VARIABLES
from app.core.keys.derivation import KEY_BYTES
from app.core.keys.key_file import Keys
from app.core.keys.ring import ring
from app.core.keys.root import LocalRoot
from app.core.keys.tables import BRANCH_KEYS, CANARIES, PERSON_INDEX

# Rows that only an older key can read.
OLDER = {
    "root": lambda newest: sa.exists().where(BRANCH_KEYS.c.root_key != newest),
    "index": lambda newest: sa.exists().where(PERSON_INDEX.c.key_name != newest),
}


def renew(connection: sa.Connection, kind: str) -> bool:
    """Add a new key to the file, unless one is there that is not in use yet.

    Raises:
        Conflict: the keys are not in a file of ours, and no new one was put in.
    """
    keys = _local(kind)
    used = sa.select(CANARIES.c.key_name).where(CANARIES.c.kind == kind)
    if keys is None or keys.newest()[0] != connection.scalar(used):
        return False
    if keys.path is None:
        raise Conflict(
            f"Put a new key after the old one in {VARIABLES[kind]} (base64, a space between"
            " them), restart every process, then run this again"
        )
    key_file.replace(keys.path, (*keys.all().values(), os.urandom(KEY_BYTES)))
    return True


def forget(connection: sa.Connection, kind: str) -> int:
    """Remove every key but the newest from the file; how many.

    Raises:
        Conflict: something can only be read with an older one, or the keys are not in a file.
    """
    keys = _local(kind)
    if keys is None or keys.path is None:
        raise Conflict(f"Take the older keys out of {VARIABLES[kind]} yourself")
    newest, key = keys.newest()
    canary = sa.exists().where((CANARIES.c.kind == kind) & (CANARIES.c.key_name != newest))
    if connection.scalar(sa.select(OLDER[kind](newest) | canary)):
        raise Conflict(f"Run `trellis keys rotate {kind}` first: an older key is still in use")
    older = len(keys.all()) - 1
    key_file.replace(keys.path, (key,))
    return older


def _local(kind: str) -> Keys | None:
    root = ring().root
    if kind == "index":
        return ring().index
    return root.keys if isinstance(root, LocalRoot) else None
