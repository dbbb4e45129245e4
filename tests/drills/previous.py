"""The release before the newest migration that alters a table, out of the repository."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.web.readiness import NAMED, known_migrations
from tests.house import plan

ROLES = ("trellis_app", "trellis_owner", "postgres")
CAST = Path(__file__).with_name("cast.py")


@dataclass(frozen=True)
class Release:
    """Another release's code, in a folder of its own."""

    commit: str
    folder: Path

    def run(
        self, *command: str, environment: dict[str, str], given: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run something with its code."""
        made = subprocess.run(
            [sys.executable, *command],
            cwd=self.folder,
            env={**os.environ, **environment, "PYTHONPATH": str(self.folder)},
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr[-3000:]
        return made

    def cast(self, urls: dict[str, str], environment: dict[str, str]) -> dict[str, Any]:
        """Its own people, in its own schema."""
        made = self.run(str(CAST), environment=environment, given=json.dumps(urls))
        found: dict[str, Any] = json.loads(made.stdout)
        return found


def release_before_a_lock(folder: Path) -> Release:
    """The one before the newest migration that alters a table, unpacked into a folder."""
    commit = _commit()
    folder.mkdir()
    packed = subprocess.run(
        ["git", "archive", commit], cwd=plan.ROOT, stdout=subprocess.PIPE, check=True
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return Release(commit, folder)


def _commit() -> str:
    """The latest whose migrations end in one that this release knows and goes on from."""
    newest = altering()
    added = _git("log", "--diff-filter=A", "--format=%H", "-1", "--", str(newest)).strip()
    assert added, f"{newest.name} is not in the history: this is no clone of the repository"
    earlier = {one for one in known_migrations() if one < newest.name[:4]}
    for commit in _git("rev-list", "-n", "100", f"{added}^").split():
        if len(ends := _ends(commit)) == 1 and ends <= earlier:
            return commit
    raise AssertionError("no earlier commit has migrations that this release goes on from")


def altering() -> Path:
    """The newest migration that alters a table, for which it has to be locked."""
    every = sorted((plan.ROOT / "migrations/versions").glob("*.sql"), reverse=True)
    return next(one for one in every if "\nalter table " in "\n" + one.read_text().lower())


def _ends(commit: str) -> set[str]:
    """The migrations of a commit after which there is no other; two while it was being merged."""
    said = _git("grep", "-hE", "^(down_)?revision = ", commit, "--", "migrations/versions")
    named = NAMED.findall(said)
    made = [one for down, one in named if not down]
    if len(made) > len(set(made)):
        return set()  # two of one number
    return set(made) - {one for down, one in named if down}


def _git(*command: str) -> str:
    made = subprocess.run(
        ["git", *command], cwd=plan.ROOT, capture_output=True, text=True, check=True
    )
    return made.stdout
