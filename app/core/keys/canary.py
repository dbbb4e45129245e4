"""Canaries: known texts that only the right keys reproduce, so that a wrong one stops the start."""

import hmac
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from app.core.errors import Unavailable
from app.core.keys.derivation import encoded, expand
from app.core.keys.ring import Ring, ring
from app.core.keys.root import RETRY_SECONDS, UnknownKey
from app.core.keys.tables import CANARIES, Executor
from app.core.keys.wrapping import DoesNotOpen

SONG = b"If you can read this, the root key is the right one."
ABOUT = encoded(b"trellis canary")
INDEX_SETTING = "TRELLIS_INDEX_KEY"
_proven: list[Ring] = []


class WrongKey(Exception):
    """The key given is not the key of this database; the message names the canary."""


def check_canary(executor: Executor) -> None:
    """Refuse to go on with keys that are not those of this database.

    Raises:
        WrongKey: names the canary and the setting, never a key.
        Unavailable: the key store is out of reach.
    """
    rows = {row.kind: row for row in executor.execute(sa.select(CANARIES))}
    for kind, sings in (("root", _root_sings), ("index", _index_sings)):
        if kind not in rows:
            raise WrongKey(f"There is no canary '{kind}': run `trellis keys create` once")
        if not sings(rows[kind]):
            raise WrongKey(
                f"The canary '{kind}' does not open: {_setting(kind)} is not the key"
                f" of this database (it wants the key named {rows[kind].key_name})"
            )
    _proven[:] = [ring()]


def require_right_keys(executor: Executor) -> None:
    """Look once before the first record, when the key store was away at the start.

    Raises:
        Unavailable: the keys are wrong; a record must not be taken for damaged.
    """
    if ring() not in _proven:
        try:
            check_canary(executor)
        except WrongKey as wrong:
            raise Unavailable(str(wrong), RETRY_SECONDS) from None


def _setting(kind: str) -> str:
    return ring().root.setting if kind == "root" else INDEX_SETTING


def put_root(executor: Executor) -> None:
    """Store the canary of the newest root key."""
    name, sealed = ring().root.wrap(SONG, ABOUT)
    _put(executor, "root", name, sealed)


def put_index(executor: Executor) -> None:
    """Store the canary of the newest index key."""
    name, key = ring().index.newest()
    _put(executor, "index", name, expand(key, b"trellis canary"))


def _put(executor: Executor, kind: str, name: str, sealed: bytes) -> None:
    new = {"key_name": name, "sealed": sealed}
    row = insert(CANARIES).values(kind=kind, **new)
    executor.execute(row.on_conflict_do_update(index_elements=["kind"], set_=new))


def _root_sings(row: Any) -> bool:
    try:
        return ring().root.unwrap(row.key_name, bytes(row.sealed), ABOUT) == SONG
    except (DoesNotOpen, UnknownKey):
        return False


def _index_sings(row: Any) -> bool:
    key = ring().index.all().get(row.key_name, b"")
    return hmac.compare_digest(expand(key, b"trellis canary"), bytes(row.sealed))
