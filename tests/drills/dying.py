"""What gunicorn serves in the kill drill: Trellis that sometimes commits, then dies unheard."""

import os
import random
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from app.factory import create_app as create_trellis

SHARE = "DRILL_DEATHS_PER_HUNDRED"
MARKS = "DRILL_MARKS"


class DiesUnheard:
    """After a form took effect, but before anybody hears of it, now and then kill -9 itself."""

    def __init__(self, application: Callable[..., Iterable[bytes]], share: float) -> None:
        self.application = application
        self.share = share

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        answer = self.application(environ, start)
        # By now the view has returned and its transaction was kept.
        if environ["REQUEST_METHOD"] == "POST" and random.random() < self.share:
            with Path(os.environ[MARKS]).open("a") as marks:
                marks.write("x")
            os.kill(os.getpid(), signal.SIGKILL)
        return answer


def create_app() -> DiesUnheard:
    """Trellis as a deployer runs it, on a machine that loses power."""
    return DiesUnheard(create_trellis(), float(os.environ.get(SHARE, "0")) / 100)
