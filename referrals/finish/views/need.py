"""End a need."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.errors import NotFound
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.pages import page
from directory import catalogue
from referrals.finish.actions import need as needs
from referrals.finish.blueprint import bp
from referrals.finish.forms.ending import EndNeedForm
from referrals.finish.policy import END_NEED
from referrals.record.models.need import Need
from referrals.record.models.referral import Referral
from referrals.record.models.version import require_version
from referrals.record.queries import referral as referrals


@bp.route("/<uuid:referral_id>/needs/<uuid:need_id>/end", methods=["GET", "POST"])
def end_need(referral_id: uuid.UUID, need_id: uuid.UUID) -> ResponseReturnValue:
    """Ask how it ended."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        END_NEED.require(actor, referral)
        need = _one(referral, need_id)
        form = EndNeedForm(version=need.version)
        if not form.validate_on_submit():
            name = catalogue.term_names([need.term_id]).get(need.term_id, "A need")
            return page("finish/need.html", form=form, referral=referral, need=need, name=name)

        def effect() -> str:
            require_version(need, form.version.data)
            needs.end(actor, referral, need, form.status.data, form.words.data)
            flash("Saved how the need ended")
            return url_for("caseload.show", referral_id=referral_id)

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


def _one(referral: Referral, need_id: uuid.UUID) -> Need:
    found = next((one for one in referrals.needs(referral) if one.id == need_id), None)
    if found is None:
        raise NotFound("There is no such need")
    return found
