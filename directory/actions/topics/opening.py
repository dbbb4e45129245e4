"""Whether a service is open at all, and a notice at the top of its page."""

from dataclasses import dataclass
from typing import ClassVar, Self

from directory.actions.topics.topic import Topic
from directory.models.service import Service, ServiceStatus


@dataclass(frozen=True)
class Opening(Topic):
    """`status` is a value of ServiceStatus; only an active service is found by a search."""

    slug: ClassVar[str] = "opening"
    title: ClassVar[str] = "Open or closed"

    status: str = ServiceStatus.ACTIVE
    alert: str = ""

    @classmethod
    def of(cls, service: Service) -> Self:
        """What the listing says now."""
        return cls(service.status, service.alert)

    def put(self, service: Service) -> None:
        """Make the listing say this."""
        service.status, service.alert = self.status, self.alert
