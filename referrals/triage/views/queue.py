"""The queue: what is waiting, and for how long."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.record.queries.keyset import place
from referrals.triage import policy
from referrals.triage.blueprint import bp
from referrals.triage.queries import lines
from referrals.triage.queries import queue as queues
from referrals.triage.queries.queue import Show

TITLES = {
    Show.ALL: "All waiting",
    Show.ANSWER: "To answer",
    Show.ALLOCATE: "To allocate",
    Show.HOLD: "On hold",
}


@bp.get("/")
def queue() -> ResponseReturnValue:
    """What is waiting for the team, oldest due first."""
    actor = current_actor()
    policy.SEE_QUEUE.require(actor)
    show = Show(request.args["show"]) if request.args.get("show") in list(Show) else Show.ALL
    after = place(request.args.get("after", ""))
    with transaction(actor):
        found = queues.page(actor, show, after)
        shown = lines.of(found.rows)
        audit.shown(actor, "triage.viewed", [one.person_id for one in found.rows])
        here = url_for(".queue", show=show)
        return page(
            "triage/queue.html",
            show=show,
            tabs=[(one, TITLES[one], count) for one, count in queues.counts(actor).items()],
            lines=shown,
            older=url_for(".queue", show=show, after=found.following) if found.following else None,
            newer=here if after else None,
            may_balance=policy.BALANCE.allows(actor),
        )
