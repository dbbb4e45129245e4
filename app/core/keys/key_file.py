"""A file (or a text) of keys: base64, one a line, the last is the newest.

A file is read again when it changes, so that a rotation needs no restart.
"""

import base64
import os
from pathlib import Path

import structlog

from app.core import durable
from app.core.errors import Conflict
from app.core.keys.derivation import KEY_BYTES, expand
from config.environment import parse_keys

log = structlog.get_logger()


def create(path: Path) -> bool:
    """Make a file with one new key, for its owner's eyes only; False when there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(_line(os.urandom(KEY_BYTES)))
    durable.settle(path)
    return True


def replace(path: Path, keys: tuple[bytes, ...]) -> None:
    """Put `keys` in the file's place, whole or not at all, for the same owner as before."""
    with durable.replacing(path) as beside:
        beside.write_text("".join(map(_line, keys)), encoding="ascii")


def name_of(key: bytes) -> str:
    """A name for a key that says nothing about it: what rows wrapped with it carry."""
    return expand(key, b"trellis key name")[:8].hex()


class Keys:
    """The keys of one purpose, by name."""

    def __init__(self, keys: tuple[bytes, ...], path: Path | None = None) -> None:
        self.path = path
        self._seen: tuple[int, ...] = ()
        self._keys = {name_of(key): key for key in keys}

    def all(self) -> dict[str, bytes]:
        """Every key by its name, oldest first."""
        if self.path is not None:
            self._read_again(self.path)
        return self._keys

    def newest(self) -> tuple[str, bytes]:
        """The key to use for what is written now."""
        return next(reversed(self.all().items()))

    def renew(self, setting: str) -> None:
        """Add a new key to the file. Raises Conflict when there is no file."""
        if self.path is None:
            raise Conflict(
                f"Put a new key after the old one in {setting} (base64, a space between"
                " them), restart every process, then run this again"
            )
        replace(self.path, (*self.all().values(), os.urandom(KEY_BYTES)))

    def forget_older(self, setting: str) -> int:
        """Leave only the newest key in the file; how many went. Raises Conflict like `renew`."""
        if self.path is None:
            raise Conflict(f"Take the older keys out of {setting} yourself")
        older = len(self.all()) - 1
        replace(self.path, (self.newest()[1],))
        return older

    def _read_again(self, path: Path) -> None:
        try:
            now = path.stat()
            seen = (now.st_mtime_ns, now.st_size, now.st_ino)
            if seen != self._seen:
                keys = parse_keys(path.read_text(encoding="ascii"))
                self._keys, self._seen = {name_of(key): key for key in keys}, seen
        except (OSError, ValueError):
            # Somebody is changing it: what was read before serves until it can be read.
            if not self._keys:
                raise
            log.warning("key_file.unreadable", file=path.name)


def _line(key: bytes) -> str:
    return base64.b64encode(key).decode() + "\n"
