"""An actor: somebody who signs in, acting for one agency, now."""

import enum
import uuid
from dataclasses import dataclass, field
from datetime import datetime


class Role(enum.StrEnum):
    """What a member may be within one agency."""

    REFERRER = "referrer"
    LINK_WORKER = "link worker"
    TEAM_LEAD = "team lead"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy officer"
    COMMISSIONER = "commissioner"
    CURATOR = "curator"


REACH: dict[Role, set[str]] = {
    Role.REFERRER: {"source"},
    Role.LINK_WORKER: {"holder", "break-glass"},
    Role.TEAM_LEAD: {"holder", "break-glass"},
    Role.COORDINATOR: {"onward"},
    Role.ADMINISTRATOR: {"administer"},
    Role.PRIVACY_OFFICER: {"oversee"},
    Role.COMMISSIONER: {"count"},
    Role.CURATOR: {"curate"},
}


@dataclass(frozen=True)
class Actor:
    """A user acting for one agency, with the roles they have there at this moment.

    `proved_at` and `acr` say when and how they last proved to their provider who they are.
    """

    user_id: uuid.UUID
    agency_id: uuid.UUID
    roles: frozenset[Role]
    name: str = ""
    agency_name: str = ""
    agency_kind: str = ""
    proved_at: datetime | None = field(default=None, compare=False)
    acr: str = field(default="", compare=False)

    @property
    def reach(self) -> frozenset[str]:
        """What the database lets these roles reach: kinds of relationship, and a few duties."""
        return frozenset().union(*(REACH[role] for role in self.roles))

    def is_a(self, *roles: Role) -> bool:
        """Whether the actor has any of these roles in the agency they act for."""
        return not self.roles.isdisjoint(roles)
