"""Measure: `python -m tests.recall`, and with `--unseen` the twenty that were held back."""

import os
import sys

from app.core import embedded_postgres
from tests import conftest
from tests.recall import measure, stage


def main() -> None:
    """Print the figures of both directories."""
    server = embedded_postgres.start(
        conftest.ROOT / "var" / "test-postgres", embedded_postgres.FAST
    )
    kept_back = "--unseen" in sys.argv
    asked = [one for one in measure.phrases() if one.unseen == kept_back]
    with conftest.cloned(server, f"recall_{os.getpid()}") as database:
        with stage.demonstration(database):
            names = stage.names()
            about = measure.of_need(names)
            _say("demonstration", measure.measure(asked, stage.everything(), about))
        if stage.FEED.is_file():
            with stage.feed(database):
                _say("feed", measure.measure(asked, stage.everything(), measure.by_text))


def _say(what: str, result: measure.Result) -> None:
    sys.stdout.write(f"{what}: {result}\n")
    sys.stdout.writelines(f"    missed: {one}\n" for one in result.missed)


if __name__ == "__main__":
    main()
