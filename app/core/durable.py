"""Files that are there whole or not at all, for their owner's eyes, also after a power cut."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file beside `path`, to be filled inside the block; then it takes its place.

    It belongs to whom the old one belonged to. After an error the old one is as it was.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}{path.suffix}")
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        yield beside
        if os.geteuid() == 0 and path.exists():
            before = path.stat()
            os.chown(beside, before.st_uid, before.st_gid)
        settle(beside)
        beside.replace(path)
        settle(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, would survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    if path.is_file():
        settle(path.parent)
