"""The answer to a search of the public directory: a page of services and the counts beside it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace

from directory.finding.models.facet import MILES
from directory.finding.queries.counts import Counts
from directory.finding.queries.narrowing import Wanted
from directory.finding.queries.search import Page, found_by, wanted_by


@dataclass(frozen=True)
class Answer:
    """`farther`: nothing was near enough, so these are from any distance."""

    page: Page
    counts: Counts
    farther: bool = False

    def within(self, miles: int | None) -> dict[str, int]:
        """How many there would be within each distance up to the one that was asked for."""
        if self.counts.many or not self.page.near:
            return {}
        far = MILES[-1] if self.farther else miles or MILES[-1]
        return {str(one): self.counts.within(one) for one in MILES if one <= far}


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
