"""Something wrong with a listing? Anybody may say so, on a page of its own."""

import uuid

from flask import request
from flask.typing import ResponseReturnValue

from app.core.db import NOBODY, transaction
from app.core.errors import Conflict, Invalid
from app.ui.doors import rarely
from app.ui.pages import page
from directory.freshness.actions import report as reports
from directory.freshness.blueprint import bp
from directory.freshness.forms.report import ReportForm
from directory.queries import service as services


@bp.route("/<uuid:service_id>/wrong", methods=["GET", "POST"])
@rarely
def report(service_id: uuid.UUID) -> ResponseReturnValue:
    """Ask what is wrong; thank for it."""
    form = ReportForm()
    with transaction(NOBODY):
        service = services.get(service_id)
        if not form.validate_on_submit():
            return page("freshness/report.html", form=form, service=service)
        try:
            reports.add(_key(form), service, form.wrong.data, form.words.data)
        except Conflict as enough:
            return page("freshness/thanks.html", service=service, words=enough.message)
        words = "It is marked on its page at once, and the directory's curator looks into it."
        return page("freshness/thanks.html", service=service, words=words)


def _key(form: ReportForm) -> uuid.UUID:
    """The form's own key: sent twice it is one report."""
    try:
        return uuid.uuid5(uuid.UUID(form.idempotency_key.data or ""), request.path)
    except ValueError:
        raise Invalid("Open this form again and fill it in there.") from None
