"""The answer to a search of the public directory: a page of services and the counts beside it."""

from dataclasses import dataclass, replace

from directory.finding.queries.counts import Counts, counts_of
from directory.finding.queries.narrowing import Wanted
from directory.finding.queries.search import Page, found_by


@dataclass(frozen=True)
class Answer:
    """`farther`: nothing was near enough, so these are from any distance."""

    page: Page
    counts: Counts
    farther: bool = False


def answer(wanted: Wanted, after: str = "") -> Answer:
    """Find, count, and look farther away rather than show nothing."""
    page, saying = found_by(wanted, after)
    if not page.cards and wanted.within is not None and not after:
        wanted = replace(wanted, within=None)
        page, saying = found_by(wanted, after)
        return Answer(page, counts_of(wanted, saying), farther=bool(page.cards))
    return Answer(page, counts_of(wanted, saying))
