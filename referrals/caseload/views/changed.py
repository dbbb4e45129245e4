"""Somebody else was first: what happened meanwhile, and the way back."""

import contextlib

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm.exc import StaleDataError

from app.core.db import transaction
from app.core.errors import Conflict, NotFound
from app.identity.login import current_actor
from app.ui.changed import changed_page
from referrals.caseload.blueprint import bp
from referrals.record.queries import referral as referrals
from referrals.record.queries import story


@bp.errorhandler(Conflict)
@bp.errorhandler(StaleDataError)
def changed(error: Conflict | StaleDataError) -> ResponseReturnValue:
    """Say what happened, and offer the referral as it is now."""
    referral_id = (request.view_args or {}).get("referral_id")
    last, back = None, url_for(".index")
    if referral_id is not None:
        actor, back = current_actor(), url_for(".show", referral_id=referral_id)
        with transaction(actor), contextlib.suppress(NotFound):
            last = story.last(referrals.get(actor, referral_id))
    return changed_page(error, back, last)
