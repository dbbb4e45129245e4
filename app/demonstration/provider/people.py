"""The people somebody may sign in as."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from authlib.oidc.core import UserInfo


@dataclass(frozen=True)
class DemonstrationPerson:
    """One invented person: `about` is what the picker says of them."""

    subject: str
    name: str
    about: str = ""
    email: str = ""

    @property
    def place(self) -> str:
        """Where they belong, for the picker: the words after the last comma."""
        return self.about.rpartition(", ")[2] or "Others"

    def claims(self, scope: str) -> UserInfo:
        """What a client that was granted `scope` is told."""
        everything = UserInfo(
            sub=self.subject, name=self.name, email=self.email, email_verified=bool(self.email)
        )
        return everything.filter(scope)


def by_subject(people: Iterable[DemonstrationPerson]) -> dict[str, DemonstrationPerson]:
    """The same people, found by the identifier they are known to clients by."""
    return {person.subject: person for person in people}


def load(path: Path) -> list[DemonstrationPerson]:
    """Read `[{"subject": …, "name": …, "about": …, "email": …}, …]`."""
    return [DemonstrationPerson(**one) for one in json.loads(path.read_text())]
