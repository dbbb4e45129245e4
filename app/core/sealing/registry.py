"""Every sealed column of the house, registered when its class is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SealedColumn:
    """One sensitivity group of one table; `indexed` names what of it can be searched for."""

    owner: type
    group: str
    kind: type
    indexed: Callable[[Any], Any] | None = None

    @property
    def table(self) -> str:
        """The table's name."""
        return str(self.owner.__tablename__)  # type: ignore[attr-defined]

    @property
    def column(self) -> str:
        """The column's name, by which an unregistered one is found in the database."""
        return f"{self.group}_sealed"

    @property
    def persons_column(self) -> str:
        """The column that says whose row it is; a person's own row has only an id."""
        columns = self.owner.__table__.columns  # type: ignore[attr-defined]
        return "person_id" if "person_id" in columns else "id"


_columns: dict[tuple[str, str], SealedColumn] = {}


def register(column: SealedColumn) -> None:
    """Note a sealed column."""
    _columns[column.table, column.column] = column


def of_table(table: str) -> list[SealedColumn]:
    """The sealed columns of one table, by name."""
    return [_columns[key] for key in sorted(_columns) if key[0] == table]


def all_columns() -> list[SealedColumn]:
    """The sealed columns of every class that was imported, by table and name."""
    return [_columns[key] for key in sorted(_columns)]
