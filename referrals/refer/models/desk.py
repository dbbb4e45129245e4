"""What a referrer's own agency brings to every page: its name, its practice code, its teams."""

import uuid
from dataclasses import dataclass

from app.identity.models.agency import AgencyKind

NOUNS = {AgencyKind.PRACTICE: "patient"}


@dataclass(frozen=True)
class Team:
    """A link-worker team with which an agreement is in force."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True)
class Desk:
    """`practice_code` and `practice_name` are empty unless the agency is a practice."""

    agency_name: str
    agency_kind: str
    reply_to: str
    practice_code: str
    practice_name: str
    teams: tuple[Team, ...]

    @property
    def noun(self) -> str:
        """What the screens call the person: "patient" to a practice."""
        return NOUNS.get(AgencyKind(self.agency_kind), "person")

    def team(self, team_id: uuid.UUID | None) -> Team | None:
        """The team of that id, if something may be sent to it today."""
        return next((one for one in self.teams if one.id == team_id), None)
