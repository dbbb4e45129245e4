"""Counts as a CSV file that a spreadsheet opens without running anything in it."""

import io
from collections.abc import Iterable

from app.core.spreadsheet import Sheet
from app.ui.words import state_words
from referrals.record.models.need import NeedStatus
from referrals.record.models.status import Status
from referrals.report.queries.counts import Counts

FEW = "fewer than 5"
SHOWN = [one for one in Status if one not in (Status.DRAFT, Status.ENTERED_IN_ERROR)]
Row = tuple[str, str, str, str]


def said(number: int | None) -> str:
    """A number, or that it is under 5."""
    return FEW if number is None else str(number)


def rows(counts: Counts) -> Iterable[Row]:
    """Every number on the page: table, row, column, value."""
    for month in counts.period.months:
        label = f"{month:%Y-%m}"
        yield "Referrals by month", label, "All", said(counts.by_month.get((month, None)))
        for status in SHOWN:
            number = counts.by_month.get((month, status))
            yield "Referrals by month", label, state_words(status), said(number)
    for step in counts.steps:
        yield "Journey", step.name, "Number", said(step.number)
        if step.median_days is not None:
            yield "Journey", step.name, "Median days since sent", str(step.median_days)
    for term, name in counts.terms_by_number:
        yield "Needs", name, "All", said(counts.needs.get((term, None)))
        for ending in NeedStatus:
            yield "Needs", name, state_words(ending), said(counts.needs.get((term, ending)))


def written(counts: Counts) -> str:
    """The file."""
    out = io.StringIO()
    sheet = Sheet(out)
    sheet.row(["Table", "Row", "Column", "Value"])
    for row in rows(counts):
        sheet.row(row)
    return out.getvalue()
