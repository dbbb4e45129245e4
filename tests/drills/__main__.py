"""`make drill`, or `python -m tests.drills kill --seconds 20`: non-zero when an aim is missed."""

import argparse
import sys
import time
from collections.abc import Callable

import click

from tests.drills import faults, kill, mixed, pgbouncer, restore, standby, upgrade
from tests.drills.report import Report

DRILLS = {
    one.__name__.rpartition(".")[2]: one
    for one in (kill, standby, restore, upgrade, faults, mixed, pgbouncer)
}


def main() -> None:
    """Run the drills that are asked for, one after the other, and print what was measured."""
    asked = _arguments()
    missed: list[str] = []
    for name in asked.names or DRILLS:
        report = Report(name, DRILLS[name].ABOUT)
        began = time.monotonic()
        _run(DRILLS[name].run, report, asked.seconds)
        report.say("the whole drill took", f"{time.monotonic() - began:.0f} s")
        report.show()
        missed += [f"{name}: {one}" for one in report.missed]
    click.echo("\n" + ("\n".join(["NOT MET", *missed]) if missed else "Every aim was met."))
    sys.exit(1 if missed else 0)


def _run(drill: Callable[..., None], report: Report, seconds: float | None) -> None:
    try:
        drill(report, **({"seconds": seconds} if seconds else {}))
    except Exception:
        report.show()  # what is known so far says most about why
        raise


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(DRILLS)}")
    parser.add_argument("--seconds", type=float, help="how long to keep on, instead of the usual")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(DRILLS):
        parser.error(f"there is no drill {', '.join(unknown)}")
    return asked


if __name__ == "__main__":
    main()
