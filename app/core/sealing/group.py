"""A sensitivity group of a row: a frozen dataclass to the program, a sealed blob to the table.

class Person(Base):
    identity = SealedGroup("identity", Identity)  # makes the column identity_sealed
"""

import contextlib
import uuid
from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column

from app.core import keys
from app.core.db import session
from app.core.errors import DamagedRecord, ErasedRecord
from app.core.keys.person_key import PersonKey
from app.core.keys.wrapping import DoesNotOpen
from app.core.sealing import blob, codec, damage, registry

T = TypeVar("T")
UNREADABLE = (DoesNotOpen, ValueError, TypeError, KeyError)


class SealedGroup(Generic[T]):
    """Reading opens the blob, once; setting seals at once. A stored row is never without it."""

    def __init__(
        self, group: str, kind: type[T], indexed: Callable[[T], Any] | None = None
    ) -> None:
        self.group, self.kind, self.indexed = group, kind, indexed
        self.column = f"{group}_sealed"

    def __set_name__(self, owner: type, name: str) -> None:
        if "__tablename__" not in vars(owner):
            raise TypeError(f"{owner.__name__} has no table, so {name} cannot be sealed in it")
        self.name, self.table, self.owner = name, vars(owner)["__tablename__"], owner
        setattr(owner, self.column, mapped_column(sa.LargeBinary, nullable=True))
        registry.register(registry.SealedColumn(owner, self.group, self.kind, self.indexed))

    @overload
    def __get__(self, row: None, owner: type) -> "SealedGroup[T]": ...
    @overload
    def __get__(self, row: object, owner: type) -> T: ...
    def __get__(self, row: Any, owner: type) -> Any:
        """The value. Raises DamagedRecord when the blob does not open."""
        if row is None:
            return self
        sealed = getattr(row, self.column)
        if sealed is None:
            return self._without(row)
        known, value = row.__dict__.get(self.name, (None, None))
        return value if known == sealed else self._read(row, sealed)

    def opened(self, row_id: uuid.UUID, person_id: uuid.UUID, sealed: bytes | None) -> T:
        """The value of a blob that was read without its row. Raises DamagedRecord."""
        try:
            place = blob.Place(self.table, self.group, row_id)
            return codec.from_json(blob.unseal(keys.of(person_id), place, sealed or b""), self.kind)
        except UNREADABLE:
            # Rotated meanwhile, or erased, or damaged: the row itself knows which.
            row: Any = session.get_one(self.owner, row_id)
            return self.__get__(row, self.owner)

    def __set__(self, row: Any, value: T) -> None:
        """Seal `value`. Raises DamagedRecord when what it would replace does not open."""
        _check_whose(row)
        self._check(value)
        stored = getattr(row, self.column) is not None or sa.inspect(row).persistent
        if not stored or self.__get__(row, type(row)) != value:
            self._write(row, value)

    def _write(self, row: Any, value: T) -> None:
        place = blob.Place(self.table, self.group, row.id)
        try:
            sealed = blob.seal(keys.hold(row.person_id), place, codec.to_json(value))
        except DoesNotOpen:
            raise self._unreadable(row) from None
        setattr(row, self.column, sealed)
        row.__dict__[self.name] = (sealed, value)

    def _read(self, row: Any, sealed: bytes) -> T:
        try:
            key, sealed = self._matched(row, sealed)
            place = blob.Place(self.table, self.group, row.id)
            value = codec.from_json(blob.unseal(key, place, sealed), self.kind)
        except UNREADABLE:
            raise self._unreadable(row) from None
        row.__dict__[self.name] = (sealed, value)
        return value

    def _matched(self, row: Any, sealed: bytes) -> tuple[PersonKey, bytes]:
        """The key and the blob of one generation: a rotation may have come between them."""
        key = keys.of(row.person_id)
        if blob.generation(sealed) == key.generation or not sa.inspect(row).persistent:
            return key, sealed
        key = keys.of(row.person_id, afresh=True)
        session.refresh(row, [self.column])
        return key, getattr(row, self.column)

    def _check(self, value: T) -> None:
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name} is not a {self.kind.__name__}")

    def _unreadable(self, row: Any) -> DamagedRecord:
        if keys.is_erased(row.person_id):
            return ErasedRecord()
        return damage.report(self.table, self.group, row.id, row.person_id)

    def _without(self, row: Any) -> Any:
        if sa.inspect(row).persistent:
            raise self._unreadable(row)
        raise AttributeError(f"{self.name} was not set")


class OptionalSealedGroup(SealedGroup[T | None]):
    """A sensitivity group that a row may be without: None is NULL."""

    def __init__(
        self, group: str, kind: type[T], indexed: Callable[[T], Any] | None = None
    ) -> None:
        super().__init__(group, kind, indexed)  # type: ignore[arg-type]

    def _write(self, row: Any, value: T | None) -> None:
        if value is None:
            with contextlib.suppress(DoesNotOpen):  # a rotation must not bring it back
                keys.hold(row.person_id)
            setattr(row, self.column, None)
        else:
            super()._write(row, value)

    def _check(self, value: T | None) -> None:
        if value is not None:
            super()._check(value)

    def _without(self, _row: Any) -> None:
        return None


def _check_whose(row: Any) -> None:
    """A blob is bound to its row and person, so both must be known before it is made."""
    if row.id is None or row.person_id is None:
        raise TypeError("Set id and person_id before a sealed group")
    if "person_id" not in type(row).__table__.columns and row.person_id != row.id:
        raise TypeError("A row that is not a person's own needs a column person_id")
