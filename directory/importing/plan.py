"""What an import would change, field by field, and who wins where two people say different things.

The rule: a field that says here what the source last said follows the source. A field that was
changed here since stays as it is, until somebody gives it back to the source.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.core import clock
from directory.importing.entry import Fields, Wanted

RULE = (
    "A field follows its source until somebody here changes it; from then on what is said here "
    "stays, until somebody gives it back to the source."
)
EVIDENCE_RULE = (
    "What a source changes of a service is a sign that somebody looks after it, and so is a newer "
    "date on which it says that it was checked. That a row is still there is none. A service that "
    "is no longer there is in doubt; nothing is taken down."
)
LIKE_SETS = {"areas", "needs", "access_modes", "languages"}
SHOWN = 80


@dataclass(frozen=True)
class Known:
    """Something that this source said before, and which row of ours it is."""

    local_id: uuid.UUID
    digest: str


@dataclass
class Step:
    """One thing to add, to change, or to leave as it is; `is_told` when its source speaks anew."""

    wanted: Wanted
    local_id: uuid.UUID
    is_new: bool = False
    current: Fields = field(default_factory=dict)
    changes: Fields = field(default_factory=dict)
    held: list[str] = field(default_factory=list)
    is_told: bool = True

    @property
    def outcome(self) -> str:
        """In one word."""
        return "added" if self.is_new else "changed" if self.changes else "unchanged"

    @property
    def words(self) -> Iterator[str]:
        """What a dry run prints."""
        about = f"{self.wanted.kind} “{self.wanted.name}”"
        if self.is_new:
            yield f"Add {about}"
            return
        for name, value in self.changes.items():
            yield f"Change {about}: {name} {shown(self.current.get(name))} → {shown(value)}"
        for name in self.held:
            here, there = self.current.get(name), self.wanted.fields[name]
            yield f"Keep {about}: {name} was changed here to {shown(here)}; source: {shown(there)}"


def add(wanted: Wanted) -> Step:
    """Something this source has not said before."""
    return Step(wanted, uuid.uuid4(), is_new=True, changes=dict(wanted.fields))


def merge(wanted: Wanted, known: Known, said: Fields, current: Fields | None) -> Step:
    """Three voices: what the source said last, what it says now, and what is said here."""
    if current is None:
        return Step(wanted, known.local_id, is_new=True, changes=dict(wanted.fields))
    step = Step(wanted, known.local_id, current=current)
    for name, value in wanted.fields.items():
        here = current.get(name)
        if same(name, here, value):
            continue
        if name == "assured_at":
            if is_later(value, here):
                step.changes[name] = value
        elif name not in said or same(name, here, said[name]):
            step.changes[name] = value
        else:
            step.held.append(name)
    if wanted.kind == "service" and worked_on(wanted.fields, said):
        step.changes["assured_at"] = max(clock.now().isoformat(), wanted.fields["assured_at"] or "")
    return step


def worked_on(fields: Fields, said: Fields) -> bool:
    """Whether a source says something else of an open service than it said last."""
    new = (name for name, value in fields.items() if not same(name, said.get(name, value), value))
    return fields["status"] == "active" and any(name != "assured_at" for name in new)


def same(name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field say the same; some lists have no order."""
    if name in LIKE_SETS and isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return bool(one == other)


def is_later(one: str | None, other: str | None) -> bool:
    """Whether a moment is after another; a moment is after none at all."""
    if one is None or other is None:
        return one is not None
    return datetime.fromisoformat(one) > datetime.fromisoformat(other)


def shown(value: Any) -> str:
    """A value short enough for one line."""
    said = " ".join(str(value).split())
    return f"“{said if len(said) <= SHOWN else said[: SHOWN - 1] + '…'}”"
