"""What a service is: its name, its words, the needs it helps with and how people meet it."""

from dataclasses import dataclass, field
from typing import ClassVar, Self

from directory.actions.topics.topic import Topic
from directory.models.service import Service
from directory.queries import needs


@dataclass(frozen=True)
class Description(Topic):
    """`needs` are codes of the taxonomy; `access_modes` are values of AccessMode."""

    slug: ClassVar[str] = "description"
    title: ClassVar[str] = "What it is"

    name: str
    description: str
    needs: list[str] = field(default_factory=list)
    access_modes: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, service: Service) -> Self:
        """What the listing says now."""
        return cls(
            service.name,
            service.description,
            [term.code for term in service.terms],
            list(service.access_modes),
            list(service.languages),
        )

    def put(self, service: Service) -> None:
        """Make the listing say this; unknown codes are left out."""
        terms = list(needs.with_codes(self.needs))
        service.name = self.name
        service.description = self.description
        service.access_modes = list(self.access_modes)
        service.languages = list(self.languages)
        service.terms = terms
