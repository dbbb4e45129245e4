"""How many of sixty everyday phrases find what they are about: `python -m tests.recall`.

A phrase is answered when a service that is about it stands among the first ten. In the
demonstration that is one with a need that the phrase names; in a feed without needs, one whose
own text says so. Phrases that nothing is about, in that directory, are left out and counted.
"""

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from app.core.db import NOBODY, transaction
from directory import catalogue
from directory.catalogue import ServiceCard

PHRASES = Path(__file__).with_name("phrases.csv")
FIRST = 10


@dataclass(frozen=True)
class Phrase:
    """What somebody says, the needs it is about, and how a text about it reads."""

    words: str
    needs: frozenset[str]
    said: re.Pattern[str]
    unseen: bool


About = Callable[[Phrase, ServiceCard], bool]


@dataclass(frozen=True)
class Result:
    """How many phrases were answered, of those that something is about."""

    answered: int
    asked: int
    missed: tuple[str, ...]

    def __str__(self) -> str:
        share = 100 * self.answered / self.asked if self.asked else 0
        return f"{self.answered} of {self.asked} ({share:.0f} %)"


def phrases() -> list[Phrase]:
    """All sixty, written down before anything was measured."""
    with PHRASES.open(encoding="utf-8", newline="") as file:
        return [
            Phrase(
                row["phrase"],
                frozenset(row["needs"].split(";")),
                re.compile(row["said"], re.IGNORECASE),
                row["unseen"] == "yes",
            )
            for row in csv.DictReader(file)
        ]


def of_need(names: dict[str, str]) -> About:
    """Whether a service helps with a need that the phrase is about."""
    return lambda phrase, card: bool({names[one] for one in phrase.needs} & set(card.needs))


def by_text(phrase: Phrase, card: ServiceCard) -> bool:
    """Whether a service's own text says what the phrase is about."""
    return phrase.said.search(f"{card.name} {card.description}") is not None


def measure(asked: Iterable[Phrase], everything: list[ServiceCard], about: About) -> Result:
    """Ask each phrase that something is about."""
    possible = [one for one in asked if any(about(one, card) for card in everything)]
    missed = [one.words for one in possible if not _answered(one, about)]
    return Result(len(possible) - len(missed), len(possible), tuple(missed))


def _answered(phrase: Phrase, about: About) -> bool:
    with transaction(NOBODY):
        found = catalogue.search(phrase.words, limit=FIRST).cards
    return any(about(phrase, card) for card in found)
