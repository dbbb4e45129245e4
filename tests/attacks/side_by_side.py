"""Do the same thing many times at once."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def all_at_once(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run every act in a thread of its own; none begins before all are ready."""
    every = list(acts)
    start = threading.Barrier(len(every))

    def begin(act: Callable[[], Any]) -> Any:
        start.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(len(every)) as pool:
        return list(pool.map(begin, every))
