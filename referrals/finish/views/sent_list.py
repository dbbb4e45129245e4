"""What the agency sent: where each stands, and what is new."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.sealing import entries
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.finish.blueprint import sent
from referrals.finish.policy import LIST_SENT
from referrals.finish.queries import message as messages
from referrals.finish.queries import sent as sent_on
from referrals.finish.queries.sent import Show
from referrals.record.queries import listing, names

TITLES = {
    Show.OPEN: "Open",
    Show.NEWS: "With news",
    Show.CLOSED: "Ended",
    Show.ALL: "All",
}


@sent.get("/")
def index() -> ResponseReturnValue:
    """The referrals this agency sent, newest first."""
    actor = current_actor()
    LIST_SENT.require(actor)
    wanted = request.args.get("show", Show.OPEN)
    show = Show(wanted) if wanted in list(Show) else Show.OPEN
    with transaction(actor):
        found = sent_on.page(actor, show, request.args.get("after", ""))
        rows = found.referrals
        audit.shown(actor, "sent.viewed", [one.person_id for one in rows])
        return page(
            "sent/index.html",
            show=show,
            titles=TITLES,
            lines=entries(rows, lambda row: listing.identity(row).full_name),
            unread=messages.unread([one.id for one in rows]) if rows else set(),
            teams=names.of_agencies([one.to_agency_id for one in rows]),
            older=url_for(".index", show=show, after=found.after) if found.after else None,
            newer=url_for(".index", show=show) if request.args.get("after") else None,
        )
