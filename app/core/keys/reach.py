"""A key store elsewhere: how long we wait for it, and whom a silent one keeps waiting."""

import contextlib
import time
from collections.abc import Iterator

from app.core.errors import Unavailable

CONNECT_SECONDS = 3
READ_SECONDS = 5
RETRY_SECONDS = 5


class Reach:
    """After a failure the store is left alone for a while, so that nobody else waits for it."""

    def __init__(self) -> None:
        self._left_alone_until = 0.0

    @contextlib.contextmanager
    def asking(self, *failures: type[Exception]) -> Iterator[None]:
        """Ask the store inside this block; `failures` say that it is out of reach.

        Raises:
            Unavailable: it is, or was a moment ago.
        """
        if time.monotonic() < self._left_alone_until:
            raise _away()
        try:
            yield
        except failures as failure:
            self._left_alone_until = time.monotonic() + RETRY_SECONDS
            # Its words may hold addresses and requests: only its kind is told.
            raise _away(type(failure).__name__) from None


def _away(why: str = "") -> Unavailable:
    told = f"The key store is out of reach{f' ({why})' if why else ''}"
    return Unavailable(told, RETRY_SECONDS)
