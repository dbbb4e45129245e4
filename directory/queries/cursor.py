"""Where the next page of a search begins, as a short text that can stand in a link."""

import base64
import json
import uuid
from dataclasses import dataclass

from directory.queries.card import Key

LOOSEST = 2


@dataclass(frozen=True)
class Cursor:
    """The order key of the last card shown, and how loosely the words were taken."""

    key: Key
    step: int

    def __str__(self) -> str:
        number, name, service_id = self.key
        packed = json.dumps([number, name, str(service_id), self.step])
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Read it back. What nobody of ours wrote begins at the first page."""
        try:
            padded = text + "=" * (-len(text) % 4)
            number, name, service_id, step = json.loads(base64.urlsafe_b64decode(padded))
            key = (float(number), str(name).replace("\x00", ""), uuid.UUID(service_id))
            return cls(key, min(max(int(step), 0), LOOSEST))
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return None
