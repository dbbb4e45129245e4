"""Web and worker while the clock jumps: Trellis on a machine whose clock is wrong.

The library that fakes clocks for whole processes breaks Python's `time.sleep`, so both clocks
that Python has are set wrong here: `time.time` for good, `datetime` by the application's own.
"""

import os
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from procrastinate import utils

from app import worker
from app.core import clock
from app.factory import create_app as create_trellis
from config.settings import Settings

OFFSET = "DRILL_CLOCK"
SECONDS_A_DAY = 24 * 60 * 60
right_time = time.time


def offset() -> float:
    """By how many seconds the clock is wrong at this moment."""
    return float(Path(os.environ[OFFSET]).read_text())


def wrong_now() -> datetime:
    """The instant that the wrong clock shows."""
    return datetime.now(UTC) + timedelta(seconds=offset())


class WrongClock:
    """Answers every request in the time that the wrong clock shows."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        with clock.days_ago(-offset() / SECONDS_A_DAY):
            return self.application(environ, start)


def create_app() -> WrongClock:
    """Trellis as a deployer runs it, where nobody keeps the time."""
    time.time = lambda: right_time() + offset()
    return WrongClock(create_trellis())


def work() -> None:
    """A worker on the same machine: its queue reads the wrong clock as well."""
    time.time = lambda: right_time() + offset()
    clock.now, utils.utcnow = wrong_now, wrong_now
    worker.run(Settings.load())


if __name__ == "__main__":
    work()
