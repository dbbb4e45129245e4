"""Facets: what a search can be narrowed by, as short words that stand in an address.

The database writes them on each search row (migration 0013): "day.monday", "how.by-phone".
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from directory.models.location import Facility
from directory.models.schedule import Day
from directory.models.service import AccessMode

FACET = re.compile(r"[a-z]+\.[a-z0-9-]{1,60}")
MOST = 40
# How far somebody may say that they would go.
MILES = (1, 3, 5, 10, 20, 50)


def facet(text: str) -> str:
    """One choice as a form sends it. Raises ValueError when it is none of ours."""
    if not FACET.fullmatch(text):
        raise ValueError
    return text


def slug(words: str) -> str:
    """Words as they stand in a facet: "step-free-entrance"."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


@dataclass(frozen=True)
class Group:
    """Facets of one kind. `every`: a service must have all that are chosen, not any of them."""

    code: str
    name: str
    choices: tuple[tuple[str, str], ...] = ()
    every: bool = False

    def names(self, chosen: Collection[str] = ()) -> dict[str, str]:
        """What each facet is called: those that are offered in their order, then those chosen."""
        offered = {f"{self.code}.{one}": name for one, name in self.choices}
        others = (one for one in sorted(chosen) if one.partition(".")[0] == self.code)
        named = {one: one.partition(".")[2].replace("-", " ").capitalize() for one in others}
        return offered | {one: name for one, name in named.items() if one not in offered}


LANGUAGE = Group("language", "Languages besides English")
GROUPS = (
    Group("day", "Day", tuple((one.name.lower(), one.name.capitalize()) for one in Day)),
    Group(
        "time",
        "Time of day",
        (("morning", "Morning"), ("afternoon", "Afternoon"), ("evening", "Evening, from 5pm")),
    ),
    Group("cost", "Cost", (("free", "Free"),)),
    Group("how", "How you meet", tuple((slug(one), one.capitalize()) for one in AccessMode)),
    Group(
        "access",
        "Accessibility",
        tuple((slug(one), one.capitalize()) for one in Facility),
        every=True,
    ),
    LANGUAGE,
    Group("join", "How to join", (("yourself", "You can get in touch yourself"),)),
    Group("room", "Places free", (("now", "Has places now"),)),
)


@dataclass(frozen=True)
class Chosen:
    """The facets somebody chose, by group."""

    by_group: Mapping[str, tuple[str, ...]]

    @classmethod
    def parse(cls, facets: Collection[str]) -> "Chosen":
        """Take what is well formed and of a known group; the rest asks for nothing."""
        known = {group.code for group in GROUPS}
        kept: dict[str, tuple[str, ...]] = {}
        for one in sorted(set(facets))[:MOST]:
            group = one.partition(".")[0]
            if FACET.fullmatch(one) and group in known:
                kept[group] = (*kept.get(group, ()), one)
        return cls(kept)

    @property
    def facets(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(one for some in self.by_group.values() for one in some)

    @property
    def together(self) -> tuple[str, ...]:
        """Each chosen day with each chosen time: a Monday morning is not a Monday and a morning."""
        days = [one.partition(".")[2] for one in self.by_group.get("day", ())]
        times = [one.partition(".")[2] for one in self.by_group.get("time", ())]
        return tuple(f"at.{day}-{time}" for day in days for time in times)
