"""Tell the referrer that a plan is agreed."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.pages import page
from app.ui.words import and_list
from directory import catalogue
from referrals.finish.actions import message
from referrals.finish.blueprint import bp
from referrals.finish.forms.ending import LetterForm
from referrals.finish.models.message import MessageKind
from referrals.finish.policy import TELL_REFERRER
from referrals.record.models.referral import Referral
from referrals.record.queries import referral as referrals


@bp.route("/<uuid:referral_id>/plan-message", methods=["GET", "POST"])
def plan(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Write the message, with what the referrer is asked to do first."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        TELL_REFERRER.require(actor, referral)
        form = LetterForm(summary=_summary(referral))
        if not form.validate_on_submit():
            told = message.has(referral, MessageKind.PLAN_AGREED)
            return page("finish/plan.html", form=form, referral=referral, told=told)

        def effect() -> str:
            message.plan_agreed(actor, referral, form.to_letter())
            flash("The referrer has been told")
            return url_for("caseload.show", referral_id=referral_id)

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


def _summary(referral: Referral) -> str:
    terms = [one.term_id for one in referrals.needs(referral)]
    names = catalogue.term_names(terms) if terms else {}
    about = and_list([names[one].lower() for one in terms if one in names])
    return f"We have met and agreed a plan. It is about {about}." if about else ""
