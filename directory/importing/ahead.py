"""Reading and cleaning the next batch while the database is busy with this one."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


class Ahead(Generic[Given, Made]):
    """Batches of rows, and what `make` made of each; one is read ahead when asked for.

    Two threads of Python take turns, so the next batch is worth reading only while
    the first waits for the database.
    """

    def __init__(
        self, rows: Iterable[Given], size: int, make: Callable[[list[Given]], Made]
    ) -> None:
        self._left, self._size, self._make = iter(rows), size, make
        self._reader = ThreadPoolExecutor(1)
        self._coming: Future[tuple[int, Made] | None] | None = None

    def __iter__(self) -> Iterator[tuple[int, Made]]:
        """The number of rows in each batch and what was made of it.

        An error in reading comes out in its turn, after every batch before it.
        """
        with self._reader:
            while made := self.read_on().result():
                self._coming = None
                yield made

    def read_on(self) -> Future[tuple[int, Made] | None]:
        """Begin reading the next batch, unless that is under way."""
        if self._coming is None:
            self._coming = self._reader.submit(self._following)
        return self._coming

    def _following(self) -> tuple[int, Made] | None:
        batch = list(itertools.islice(self._left, self._size))
        return (len(batch), self._make(batch)) if batch else None
