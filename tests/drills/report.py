"""What a drill measured, beside its aim: a table, and whether every aim was met."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import click


@dataclass(frozen=True)
class Line:
    """One thing measured; without an aim it is only said."""

    what: str
    measured: Any
    aim: str = ""
    met: bool = True


@dataclass
class Report:
    """The lines of one drill."""

    name: str
    about: str
    lines: list[Line] = field(default_factory=list)

    def say(self, what: str, measured: Any) -> None:
        """Note something that has no aim."""
        self.lines.append(Line(what, measured))

    def none(self, what: str, found: Iterable[Any]) -> None:
        """Note how many were found of what there must be none; some of them are shown."""
        found = list(found)
        shown = f"{len(found)}: {', '.join(str(one) for one in found[:5])}" if found else 0
        self.lines.append(Line(what, shown, "0", not found))

    def same(self, what: str, measured: Any, wanted: Any) -> None:
        """Note a figure that must be exactly so."""
        self.lines.append(Line(what, measured, f"= {wanted}", measured == wanted))

    def at_most(self, what: str, measured: float, limit: float, unit: str) -> None:
        """Note a figure that must not be above a limit."""
        words = f"{measured:.2f} {unit}"
        self.lines.append(Line(what, words, f"≤ {limit:g} {unit}", measured <= limit))

    def at_least(self, what: str, measured: float, limit: float) -> None:
        """Note a figure without which the drill would have shown nothing."""
        self.lines.append(Line(what, measured, f"≥ {limit:g}", measured >= limit))

    @property
    def missed(self) -> list[str]:
        """What was not as it must be."""
        return [f"{one.what}: {one.measured} (aim {one.aim})" for one in self.lines if not one.met]

    def show(self, say: Callable[[str], None] = click.echo) -> None:
        """Print the table."""
        say(f"\n{self.name}: {self.about}")
        for one in self.lines:
            verdict = "" if not one.aim else "met" if one.met else "NOT MET"
            say(f"  {one.what:<58} {one.measured!s:>18}  {one.aim:<14} {verdict}")
