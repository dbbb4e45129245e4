"""A topic: one part of a listing, read, written, kept in history and restored as a whole."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self

from directory.models.service import Service


@dataclass(frozen=True)
class Topic:
    """A value holding only what JSON can hold, so that history can keep it."""

    slug: ClassVar[str]
    title: ClassVar[str]

    @classmethod
    def of(cls, service: Service) -> Self:
        """What the listing says now."""
        raise NotImplementedError

    def put(self, service: Service) -> None:
        """Make the listing say this. The caller has checked the permission."""
        raise NotImplementedError

    def stored(self) -> dict[str, Any]:
        """The form that history keeps."""
        return asdict(self)

    def said(self) -> dict[str, str]:
        """What it says as people read it, by what it is about; for the history."""
        return {name.replace("_", " ").capitalize(): _said(v) for name, v in vars(self).items()}

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> Self:
        """The value that history kept."""
        return cls(**stored)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
