"""What a reader says is wrong: look at it, mend the listing, close it."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.pages import page
from directory.curation.actions import report as reports
from directory.curation.blueprint import bp
from directory.curation.forms.decision import ReportDecisionForm
from directory.curation.models.report import ListingReport
from directory.curation.policy import CURATE
from directory.curation.queries import waiting
from directory.freshness.actions.report import WRONG_WORDS
from directory.queries import service as services


@bp.route("/reports/<uuid:report_id>", methods=["GET", "POST"])
def report(report_id: uuid.UUID) -> ResponseReturnValue:
    """Show what somebody says beside what the listing says."""
    actor = current_actor()
    with transaction(actor):
        said = waiting.get(ListingReport, report_id)
        service = services.kept(actor, said.service_id)
        CURATE.require(actor, service.organisation)
        form = ReportDecisionForm()
        if form.validate_on_submit():

            def effect() -> str:
                reports.close(actor, said, form.words.data, phoned=bool(form.phoned.data))
                flash("Done")
                return url_for(".queue")

            return redirect(once(form.submission(actor), effect), 303)
        return page(
            "curation/report.html", form=form, report=said, service=service, wrong_words=WRONG_WORDS
        )
