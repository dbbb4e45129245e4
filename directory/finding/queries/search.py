"""Search: words, needs, age, place and facets, over the narrow listing rows; a page at a time."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from directory.finding.models.facet import Chosen
from directory.finding.queries import spelling
from directory.finding.queries.counts import Counts, counted
from directory.finding.queries.matching import first_of
from directory.finding.queries.narrowing import Wanted
from directory.finding.queries.saying import Meaning, Saying, loosely, meaning_of
from directory.queries import dealing, postcode
from directory.queries.card import Found, Key, ServiceCard
from directory.queries.cursor import Cursor
from directory.queries.postcode import Spot
from directory.queries.reading import Reading, reading
from directory.queries.words import SearchWords

PAGE = 20
# With fewer full matches than this, others are shown after them.
FEW = 5
# How loosely the words are taken: as they are, the last one unfinished, only some of them.
WHOLE, BEGUN, SOME = range(3)


@dataclass(frozen=True)
class Page:
    """One page of results, nearest first when `near` is known, otherwise best first.

    `next` is the `after` of the following page. `loosened`: only `full` of these have all of the
    words; the others have some, or are about the needs that are `meant`. `suggestion`: how the
    words may have been meant to be spelt. `area_unknown`: a place was asked for that we do not
    know.
    """

    cards: list[ServiceCard]
    next: str | None = None
    near: Spot | None = None
    loosened: bool = False
    area_unknown: bool = False
    full: int = 0
    meant: tuple[str, ...] = ()
    suggestion: str = ""


def wanted_by(
    words: str = "",
    *,
    term_ids: Collection[uuid.UUID] = (),
    near: str = "",
    within: int | None = None,
    age: int | None = None,
    facets: Collection[str] = (),
) -> Wanted:
    """What a search asks for, with its place looked up: two statements at most."""
    spot = postcode.spot_near(near)
    return Wanted(SearchWords.parse(words), term_ids, spot, within, age, Chosen.parse(facets))


def search(
    words: str = "",
    *,
    term_ids: Collection[uuid.UUID] = (),
    near: str = "",
    within: int | None = None,
    age: int | None = None,
    facets: Collection[str] = (),
    after: str = "",
    limit: int = PAGE,
) -> Page:
    """Find open services. A fixed number of statements, however much is found."""
    wanted = wanted_by(words, term_ids=term_ids, near=near, within=within, age=age, facets=facets)
    page, _counts = found_by(wanted, after, limit)
    lost = bool(near.strip()) and wanted.near is None
    return Page(**(vars(page) | {"area_unknown": lost}))


@dataclass(frozen=True)
class Lines:
    """What one way of taking the words finds: `limit` of it at most, and the counts of it."""

    step: int
    saying: Saying
    found: list[Found]
    counts: Counts
    meaning: Meaning = field(default_factory=Meaning)


def found_by(wanted: Wanted, after: str = "", limit: int = PAGE) -> tuple[Page, Counts]:
    """A page of what is wanted, and the counts of it.

    When all of the words do not fill the first page, some of them will do, and what they mean.
    """
    said = reading(wanted.typed)
    wanted = wanted if said.begun else replace(wanted, typed=SearchWords())
    start = Cursor.parse(after) if after else None
    if start:
        lines = _lines(wanted, said, start.step, start.key, limit + 1)
        return _page(wanted, lines, limit), lines.counts
    lines, full = _settled(wanted, said, limit)
    return _page(wanted, lines, limit, full=len(full.found)), lines.counts


def saying_of(wanted: Wanted) -> tuple[Saying, tuple[str, ...]]:
    """How the words of a search are taken: loosely only when nothing has all of them.

    With it the needs that are then meant.
    """
    said = reading(wanted.typed)
    if not said.begun:
        return Saying(), ()
    lines, full = _settled(wanted, said, PAGE)
    chosen = full if full.found else lines
    return chosen.saying, chosen.meaning.names


def _settled(wanted: Wanted, said: Reading, limit: int) -> tuple[Lines, Lines]:
    """The way of taking the words that finds most, and the one that takes every one of them."""
    lines = _lines(wanted, said, WHOLE, None, limit + 1)
    full = lines
    for step in _looser(said):
        if not _too_few(wanted.typed, lines):
            break
        other = _lines(wanted, said, step, None, limit + 1)
        lines = other if len(other.found) > len(lines.found) else lines
        full = lines if step < SOME else full
    return lines, full


def _looser(said: Reading) -> list[int]:
    """Other ways of taking the words; none when they ask for nothing."""
    if not said.begun:
        return []
    return [SOME] if said.begun == said.whole else [BEGUN, SOME]


def _too_few(typed: SearchWords, lines: Lines) -> bool:
    """Whether to look further. Who wrote a phrase or a minus meant exactly that."""
    return len(lines.found) < (1 if typed.explicit else FEW)


def _lines(wanted: Wanted, said: Reading, step: int, start: Key | None, limit: int) -> Lines:
    meaning = meaning_of(wanted.typed, said) if step == SOME else Meaning()
    sayings = {WHOLE: Saying(said.whole), BEGUN: Saying(said.begun)}
    saying = sayings.get(step) or loosely(said, meaning)
    counts, found = counted(wanted, saying, start, limit)
    if counts.many:
        found = first_of(wanted, saying, start, limit)
    return Lines(step, saying, found, counts, meaning)


def _page(wanted: Wanted, lines: Lines, limit: int, full: int = 0) -> Page:
    loosened = lines.step == SOME and bool(lines.found)
    shown = lines.found[:limit]
    more = str(Cursor(shown[-1].key, lines.step)) if len(lines.found) > limit else None
    full = full if loosened else len(shown)
    return Page(
        dealing.cards(shown, wanted.near),
        more,
        wanted.near,
        loosened,
        full=full,
        meant=lines.meaning.names if loosened else (),
        suggestion="" if full else spelling.suggestion(wanted.typed),
    )
