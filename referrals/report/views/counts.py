"""Counts: tables with bars, and the same as a CSV file."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.record.models.need import NeedStatus
from referrals.report import sheet
from referrals.report.blueprint import bp
from referrals.report.policy import SEE_COUNTS
from referrals.report.queries import counts as counted

PERIODS = {3: "3 months", 12: "12 months", 24: "2 years"}
USUAL = 12


def _months() -> int:
    wanted = request.args.get("months", "")
    return int(wanted) if wanted in map(str, PERIODS) else USUAL


@bp.get("/")
def counts() -> ResponseReturnValue:
    """Everything that may be counted, and nobody."""
    actor = current_actor()
    SEE_COUNTS.require(actor)
    months = _months()
    with transaction(actor):
        found = counted.of(actor, counted.last_months(months))
        audit.record(actor, "counts.viewed", reason=f"{months} months")
    return page(
        "report/counts.html",
        counts=found,
        step_bars=[(one.name.capitalize(), one.number) for one in found.steps],
        months=months,
        busy=[month for month in found.period.months if (month, None) in found.by_month],
        periods=PERIODS,
        statuses=sheet.SHOWN,
        endings=list(NeedStatus),
        said=sheet.said,
    )


@bp.get("/counts.csv")
def download() -> ResponseReturnValue:
    """The same numbers for a spreadsheet."""
    actor = current_actor()
    SEE_COUNTS.require(actor)
    months = _months()
    with transaction(actor):
        found = counted.of(actor, counted.last_months(months))
        audit.record(actor, "counts.downloaded", reason=f"{months} months")
    name = f"trellis-counts-{found.period.until:%Y-%m-%d}.csv"
    return Response(
        sheet.written(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
