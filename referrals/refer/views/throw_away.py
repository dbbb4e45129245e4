"""Give a draft up."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.record.models.status import Reason
from referrals.refer.actions import draft as drafts
from referrals.refer.blueprint import bp
from referrals.refer.forms.throw_away import ThrowAwayForm
from referrals.refer.queries.draft import name_in
from referrals.refer.views.draft import opened


@bp.route("/<uuid:referral_id>/throw-away", methods=["GET", "POST"])
def throw_away(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why, and forget what was typed."""
    actor = current_actor()
    with transaction(actor):
        form = ThrowAwayForm()
        if form.validate_on_submit():

            def effect() -> str:
                draft = opened(actor, referral_id).draft
                drafts.throw_away(actor, draft, Reason(str(form.reason.data)), form.words.data)
                return url_for(".start")

            where = once(form.submission(actor), effect)
            flash("Draft thrown away")
            return redirect(where, 303)
        draft = opened(actor, referral_id)
        return page("refer/throw_away.html", form=form, name=name_in(draft.draft), draft=draft)
