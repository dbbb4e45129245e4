"""Where the next page of a search begins, as a short text that can stand in a link."""

import base64
import json
import uuid
from dataclasses import dataclass

from directory.queries.card import Key


@dataclass(frozen=True)
class Cursor:
    """The order key of the last card shown, and whether only some of the words were asked for."""

    key: Key
    loosened: bool

    def __str__(self) -> str:
        number, name, service_id = self.key
        packed = json.dumps([number, name, str(service_id), self.loosened])
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Read it back. What nobody of ours wrote begins at the first page."""
        try:
            padded = text + "=" * (-len(text) % 4)
            number, name, service_id, loosened = json.loads(base64.urlsafe_b64decode(padded))
            key = (float(number), str(name).replace("\x00", ""), uuid.UUID(service_id))
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return None
        return cls(key, bool(loosened))
