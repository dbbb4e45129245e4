"""What a source says, cleaned: one service with its organisation and its places."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Fields = dict[str, Any]
Raw = dict[str, Any]


@dataclass(frozen=True)
class Remark:
    """Something in a source that a person should look at, and what was done about it."""

    outcome: str
    external_id: str
    name: str
    about: str
    value: str
    reason: str


@dataclass(frozen=True)
class Unreadable:
    """A row that is not a service at all."""

    reason: str
    value: str = ""


@dataclass
class Wanted:
    """One thing that a source says should be in the directory; `fields` are plain JSON."""

    kind: str
    external_id: str
    fields: Fields
    organisation_id: str = ""
    digest: str = ""
    written: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """By what the source knows it."""
        return self.kind, self.external_id

    @property
    def name(self) -> str:
        """What people call it."""
        return str(self.fields["name"])

    def seal(self) -> None:
        """Write the fields as JSON, with its digest: the same for the same words.

        When all fields are settled.
        """
        self.written = json.dumps(self.fields, sort_keys=True)
        self.digest = hashlib.sha256(self.written.encode()).hexdigest()[:32]


@dataclass
class Entry:
    """A service that can go in. `words` are the source's own names of what it helps with."""

    service: Wanted
    organisation: Wanted
    places: list[Wanted]
    words: list[str]
    assured_on: date | None
    remarks: list[Remark] = field(default_factory=list)


class Refused(Exception):
    """A row cannot go in, and why; its remark goes to the report."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.reason)
        self.remark = remark
