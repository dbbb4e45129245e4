"""A list in which one damaged record does not hide the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.core.errors import DamagedRecord

Row = TypeVar("Row")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Entry(Generic[Row, Value]):
    """One line of a list: its value or, when it is damaged, a reference instead."""

    row: Row
    value: Value | None
    reference: str = ""
    words: str = ""

    @property
    def damaged(self) -> bool:
        """Whether there is nothing to show but the words."""
        return self.reference != ""


def entries(rows: Iterable[Row], read: Callable[[Row], Value]) -> list[Entry[Row, Value]]:
    """Read each row; one that cannot be opened says so in its own line."""
    return [_entry(row, read) for row in rows]


def _entry(row: Row, read: Callable[[Row], Value]) -> Entry[Row, Value]:
    try:
        return Entry(row, read(row))
    except DamagedRecord as damaged:
        return Entry(row, None, damaged.reference, damaged.message)
