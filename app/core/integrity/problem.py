"""What a look at some rows found."""

import uuid
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One row that is not what was written, or cannot be read."""

    table: str
    row_id: uuid.UUID
    person_id: uuid.UUID | None
    words: str


@dataclass(frozen=True)
class Batch:
    """What one look at some rows found; `last_id` is None when there were none."""

    last_id: uuid.UUID | None
    checked: int = 0
    unaudited: int = 0
    problems: list[Problem] = field(default_factory=list)
