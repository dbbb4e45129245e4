"""How to get in touch with a service."""

from dataclasses import dataclass
from typing import ClassVar, Self

from directory.actions.topics.topic import Topic
from directory.models.service import Service


@dataclass(frozen=True)
class Contact(Topic):
    """What is published: nothing here is private."""

    slug: ClassVar[str] = "contact"
    title: ClassVar[str] = "Contact"

    contact_name: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""

    @classmethod
    def of(cls, service: Service) -> Self:
        """What the listing says now."""
        return cls(service.contact_name, service.phone, service.email, service.url)

    def put(self, service: Service) -> None:
        """Make the listing say this."""
        service.contact_name, service.phone = self.contact_name, self.phone
        service.email, service.url = self.email, self.url
