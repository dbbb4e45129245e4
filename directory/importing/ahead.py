"""Reading and cleaning the next batch while the database is busy with this one."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def batches(
    rows: Iterable[Given], size: int, make: Callable[[list[Given]], Made]
) -> Iterator[tuple[int, Made]]:
    """The number of rows in each batch and what was made of it, one batch ahead.

    An error in reading comes out in its turn, after every batch before it.
    """
    left = iter(rows)

    def following() -> tuple[int, Made] | None:
        batch = list(itertools.islice(left, size))
        return (len(batch), make(batch)) if batch else None

    with ThreadPoolExecutor(1) as reader:
        made = reader.submit(following).result()
        while made:
            coming = reader.submit(following)
            yield made
            made = coming.result()
