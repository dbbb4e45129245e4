"""Somebody else was first: what happened meanwhile, and the way back."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError

from app.core.db import transaction
from app.core.errors import Conflict, NotFound
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.record.queries import referral as referrals
from referrals.record.queries import story
from referrals.triage.blueprint import bp

CHANGED = "Somebody else changed this while your page was open."


@bp.errorhandler(Conflict)
@bp.errorhandler(StaleDataError)
def changed(error: Exception) -> ResponseReturnValue:
    """Say what happened, and offer the referral as it is now."""
    referral_id = (request.view_args or {}).get("referral_id")
    message = error.message if isinstance(error, Conflict) else CHANGED
    if referral_id is None:
        return page(
            "triage/changed.html", status=409, message=message, last=None, back=url_for(".queue")
        )
    actor = current_actor()
    with transaction(actor):
        try:
            last = story.last(referrals.get(actor, referral_id))
        except NotFound:
            last = None
    back = url_for(".judge", referral_id=referral_id)
    return page("triage/changed.html", status=409, message=message, last=last, back=back)
