"""PostgreSQL's own programs, of a version that fits the server; passwords stay out of `ps`."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from app.core import postgres_account

DEBIAN = Path("/usr/lib/postgresql")
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


class ToolFailed(Exception):
    """A program is missing or did not do its work; the message is its own last words."""


def run(name: str, url: str, *arguments: str) -> str:
    """Run a program on the database at `url`; what it printed.

    Raises:
        ToolFailed: there is none for this server, or it failed.
    """
    known: dict[str, Any] = conninfo_to_dict(url)
    password = known.pop("password", None) or ""
    with psycopg.connect(url) as connection:
        major, tls = connection.info.server_version // 10_000, connection.pgconn.ssl_in_use
    command = [str(fitting(name, major, tls=tls)), *arguments, f"--dbname={make_conninfo(**known)}"]
    return said(command, PGPASSWORD=password)


def said(command: list[str], **environment: str) -> str:
    """What a command printed. Raises ToolFailed with what it complained of."""
    made = subprocess.run(
        command,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise ToolFailed(f"{Path(command[0]).name} failed: {made.stderr.strip()[-2000:]}")
    return made.stdout


def fitting(name: str, major: int, *, tls: bool = False) -> Path:
    """The oldest that knows a server of this version: a newer one writes what it cannot read."""
    installed = _installed(name, tls=tls)
    found = {(version, path) for path in installed if (version := _version(path)) >= major}
    if not found:
        raise ToolFailed(f"There is no {name} {major} or newer: install postgresql-client-{major}")
    return min(found)[1]


def _installed(name: str, *, tls: bool) -> Iterator[Path]:
    yield from DEBIAN.glob(f"*/bin/{name}")
    if on_path := shutil.which(name):
        yield Path(on_path)
    if not tls:  # ours was made without it: good for a server on this machine
        yield postgres_account.binaries() / name


def _version(path: Path) -> int:
    try:
        told = VERSION.search(said([str(path), "--version"]))
    except (ToolFailed, OSError):
        return 0
    return int(told[1]) if told else 0
