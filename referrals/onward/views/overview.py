"""Everything sent on for one referral, and each of them."""

import uuid

from flask import url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.sealing import entries
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory import catalogue
from referrals.onward.blueprint import bp
from referrals.onward.forms.follow import ReplyForm
from referrals.onward.policy import FOLLOW, SEND_ON, VIEW_ONWARD
from referrals.onward.queries import onward as onwards
from referrals.onward.queries import summary
from referrals.onward.words import reason_words, step_words
from referrals.record.queries import names
from referrals.record.queries import referral as referrals


@bp.get("/<uuid:referral_id>/")
def overview(referral_id: uuid.UUID) -> ResponseReturnValue:
    """What was sent on and what the person was told of."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        VIEW_ONWARD.require(actor, referral)
        audit.record(actor, "onward_referral.listed", referral)
        return page(
            "onward/overview.html",
            referral=referral,
            summary=summary.of(referral),
            may_send=SEND_ON.allows(actor, referral),
            find=url_for(".find", referral_id=referral_id),
        )


@bp.get("/<uuid:referral_id>/sent/<uuid:onward_id>")
def show(referral_id: uuid.UUID, onward_id: uuid.UUID) -> ResponseReturnValue:
    """One onward referral: its state, what was disclosed, what has happened."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        onward = onwards.get(actor, referral, onward_id)
        steps = onwards.history(onward)
        audit.record(actor, "onward_referral.viewed", onward)
        disclosure = onwards.disclosure(onward)
        return page(
            "onward/show.html",
            referral=referral,
            onward=onward,
            state=summary.state_of(onward),
            clock=summary.clock_of(onward),
            reason=reason_words(onward.reason_code),
            step_words=step_words,
            asked=bool(steps) and steps[-1].kind == "asked",
            card=catalogue.get(onward.service_id),
            snapshot=entries([disclosure], lambda row: row.snapshot)[0],
            steps=entries(steps, lambda row: row.words),
            user_names=names.of_users([one.user_id for one in steps]),
            agency_names=names.of_agencies([one.agency_id for one in steps]),
            withdrawal=onwards.withdrawal(onward),
            may_follow=FOLLOW.allows(actor, referral),
            reply_form=ReplyForm(prefix="reply"),
            button_form=SecureForm(prefix="do"),
        )
