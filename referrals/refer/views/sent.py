"""After sending: what happens next, and a copy on paper."""

import uuid

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import session, transaction
from app.identity.login import current_actor
from app.identity.models.agency import Agency
from app.ui.pages import page
from directory import catalogue
from referrals.record.models.status import Status
from referrals.record.queries import referral as referrals
from referrals.refer import policy
from referrals.refer.blueprint import bp
from referrals.refer.queries import desk as desks
from referrals.refer.queries.stored import answers_of


@bp.get("/<uuid:referral_id>/sent")
def sent(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Say that it was sent, to whom, and what happens next."""
    return _after_sending(referral_id, "refer/sent.html")


@bp.get("/<uuid:referral_id>/paper")
def paper(referral_id: uuid.UUID) -> ResponseReturnValue:
    """The whole referral on one page to print."""
    return _after_sending(referral_id, "refer/paper.html")


def _after_sending(referral_id: uuid.UUID, template: str) -> ResponseReturnValue:
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.SEE_SENT.require(actor, referral)
        if referral.status == Status.DRAFT or referral.to_agency_id is None:
            return redirect(url_for(".start"), 303)
        answers = answers_of(referral)
        audit.record(actor, "referral.viewed", referral)
        return page(
            template,
            referral=referral,
            desk=desks.of(actor),
            team=session.get_one(Agency, referral.to_agency_id),
            answers=answers,
            need_names=catalogue.term_names(answers.reasons.needs),
        )
