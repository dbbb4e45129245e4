"""The person's own log: who has seen their record, to be printed and handed to them."""

import uuid

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.core import audit, clock
from app.core.db import transaction
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.oversight import policy
from referrals.oversight.blueprint import log as bp
from referrals.oversight.queries import log
from referrals.record.queries import portrait
from referrals.record.queries import referral as referrals


@bp.get("/<uuid:referral_id>/seen")
def show(referral_id: uuid.UUID) -> ResponseReturnValue:
    """In plain words, the latest first. Safeguarding is never on it, whoever asks."""
    actor = current_actor()
    before = request.args.get("before", type=int)
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.SEE_LOG.require(actor, referral)
        audit.record(actor, "log.printed", referral)
        shown = log.of(referral.person_id, before, log.WHOLE, safeguarding=False)
        older = url_for(".show", referral_id=referral_id, before=shown.following)
        return page(
            "oversight/persons_log.html",
            referral=referral,
            who=portrait.identity(referral),
            log=shown,
            log_made_on=clock.today(),
            older=older if shown.following else None,
        )
