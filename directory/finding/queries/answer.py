"""The answer to a search of the public directory: a page of services and the counts beside it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace

from directory.finding.queries.counts import Counts
from directory.finding.queries.narrowing import Wanted
from directory.finding.queries.search import Page, found_by, wanted_by


@dataclass(frozen=True)
class Answer:
    """`farther`: nothing was near enough, so these are from any distance."""

    page: Page
    counts: Counts
    farther: bool = False


def answer(wanted: Wanted, after: str = "") -> Answer:
    """Find, count, and look farther away rather than show nothing."""
    page, counts = found_by(wanted, after)
    if not page.cards and wanted.within is not None:
        page, counts = found_by(replace(wanted, within=None), after)
        return Answer(page, counts, farther=bool(page.cards))
    return Answer(page, counts)


def answer_to(
    words: str,
    *,
    term_ids: Collection[uuid.UUID] = (),
    near: str = "",
    within: int | None = None,
    age: int | None = None,
    facets: Collection[str] = (),
    after: str = "",
) -> Answer:
    """The same answer to who says in words what is wanted."""
    wanted = wanted_by(words, term_ids=term_ids, near=near, within=within, age=age, facets=facets)
    return answer(wanted, after)
