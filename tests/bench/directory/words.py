"""Invented services of believable length, with words as common and as rare as real ones."""

import random
from collections.abc import Iterator

from tests.bench.load.words import OUTWARDS, names

WHAT = names(
    "Befriending Walking Gardening Singing Debt Benefits Carers Memory Lunch Tea Craft Reading "
    "Football Swimming Fishing Digital Cooking Housing Energy Transport Falls Bereavement Dance"
)
HOW = ("club", "group", "advice", "drop-in", "circle", "line", "workshop", "visits")
COMMON = names(
    "people who live near the harbour meet every week and talk over a hot drink about what "
    "matters to them we help with forms letters and calls come along by bus or ask for a lift "
    "volunteers are trained and checked no need to book bring a friend or come alone all are "
    "welcome there is a lift and a quiet room young and old men and women families and friends"
)
TOWNS = ("Saltmere", "Kittering", "Long Furrow", "Shingle Bay")
SYLLABLES = names("bar cal den fer gol har jin kel lom mar nor pel quin ros sal tor ul ven wex yar")
# The harbour of the demonstration, and all of England around it.
HARBOUR, AROUND = (512_000, 103_000), 30_000
ENGLAND = (300_000, 600_000, 100_000, 500_000)


def name(rng: random.Random) -> str:
    """What a service is called."""
    town = f"{rng.choice(SYLLABLES)}{rng.choice(SYLLABLES)}".capitalize()
    return f"{town} {rng.choice(WHAT)} {rng.choice(HOW)}"


def about(rng: random.Random) -> str:
    """Some fifty words, a few of them rare; a third of them name another thing as well."""
    also = f" Also {rng.choice(WHAT).lower()}." if rng.random() < 0.3 else ""
    return " ".join(_words(rng, rng.randint(30, 70))) + also


def spot(rng: random.Random) -> tuple[int, int]:
    """Half of all places are about the harbour, the others anywhere."""
    if rng.random() < 0.5:
        east, north = HARBOUR
        return east + rng.randint(-AROUND, AROUND), north + rng.randint(-AROUND, AROUND)
    west, east, south, north = ENGLAND
    return rng.randint(west, east), rng.randint(south, north)


def outwards(rng: random.Random) -> list[str]:
    """Some of the areas around the harbour."""
    return rng.sample(OUTWARDS, 3)


def _words(rng: random.Random, many: int) -> Iterator[str]:
    for _ in range(many):
        rare = rng.random() < 0.1
        yield "".join(rng.choices(SYLLABLES, k=3)) if rare else rng.choice(COMMON)
