"""Who has seen a record, for the privacy officer of an agency that has or had it."""

import uuid

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.errors import NotFound
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.oversight import policy
from referrals.oversight.blueprint import bp
from referrals.oversight.forms.judge import RecordForm
from referrals.oversight.queries import log

NONE_SUCH = "There is no record with this reference that your agency has, had or opened"


@bp.post("/record")
def find_record() -> ResponseReturnValue:
    """Look for a record by the reference of a referral."""
    actor = current_actor()
    policy.OVERSEE.require(actor)
    form = RecordForm()
    with transaction(actor):
        if not form.validate_on_submit():
            return page("oversight/find.html", form=form)
        audit.record(actor, "record.asked_for")
        try:
            found = log.overseen(reference=form.reference.data)
        except NotFound:
            form.form_errors = [NONE_SUCH]
            return page("oversight/find.html", form=form)
    return redirect(url_for(".record", referral_id=found.id), 303)


@bp.get("/records/<uuid:referral_id>")
def record(referral_id: uuid.UUID) -> ResponseReturnValue:
    """A page of the log, safeguarding included: its reading is an officer's business too."""
    actor = current_actor()
    policy.OVERSEE.require(actor)
    before = request.args.get("before", type=int)
    with transaction(actor):
        found = log.overseen(referral_id)
        shown = log.of(found.person_id, before, safeguarding=True)
        audit.record(actor, "log.viewed", found)
        older = url_for(".record", referral_id=referral_id, before=shown.following)
        return page(
            "oversight/record.html",
            record=found,
            log=shown,
            older=older if shown.following else None,
            newer=url_for(".record", referral_id=referral_id) if before else None,
        )
