"""One onward referral: exactly what was disclosed, and what can be answered."""

import uuid

from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.sealing import entries
from app.identity.login import current_actor
from app.ui.pages import page
from directory import catalogue
from referrals.inbox.blueprint import bp
from referrals.inbox.policy import ANSWER, READ_ONWARD
from referrals.inbox.queries import inbox
from referrals.onward.queries import onward as onwards
from referrals.onward.queries import summary
from referrals.onward.words import reason_words, step_words
from referrals.record.queries import names


@bp.get("/<uuid:onward_id>")
def show(onward_id: uuid.UUID) -> ResponseReturnValue:
    """What was sent, what has happened, what to do."""
    actor = current_actor()
    with transaction(actor):
        onward = inbox.get(actor, onward_id)
        READ_ONWARD.require(actor, onward)
        steps = onwards.history(onward)
        audit.record(actor, "onward_referral.viewed", onward)
        people = [onward.created_by, *(one.user_id for one in steps)]
        return page(
            "inbox/show.html",
            onward=onward,
            card=catalogue.get(onward.service_id),
            snapshot=entries([onwards.disclosure(onward)], lambda row: row.snapshot)[0],
            steps=entries(steps, lambda row: row.words),
            user_names=names.of_users(people),
            agency_names=names.of_agencies(
                [onward.from_agency_id, *(one.agency_id for one in steps)]
            ),
            state=summary.state_of(onward),
            reason=reason_words(onward.reason_code),
            step_words=step_words,
            may_answer=ANSWER.allows(actor, onward),
        )
