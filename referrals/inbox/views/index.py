"""The inbox: what is to be answered, by when, and what was withdrawn."""

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.sealing import entries
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory import catalogue
from referrals.inbox.blueprint import bp
from referrals.inbox.policy import READ_INBOX
from referrals.inbox.queries import inbox
from referrals.inbox.queries.inbox import Box, Line
from referrals.onward.queries import summary
from referrals.record.queries import names

TITLES = {
    Box.TO_ANSWER: "To answer",
    Box.WAITING_LIST: "Waiting list",
    Box.TAKEN_ON: "Taken on",
    Box.ENDED: "Ended",
}


@bp.get("/")
def index() -> ResponseReturnValue:
    """One part of the inbox, most urgent first."""
    actor = current_actor()
    READ_INBOX.require(actor)
    wanted = request.args.get("box", Box.TO_ANSWER)
    box = Box(wanted) if wanted in list(Box) else Box.TO_ANSWER
    with transaction(actor):
        found = inbox.page(actor, box, request.args.get("after", ""))
        audit.shown(actor, "inbox.viewed", [one.onward.person_id for one in found.lines])
        withdrawn = inbox.withdrawals(actor)
        services = {one.onward.service_id for one in found.lines}
        services |= {one.service_id for one in withdrawn}
        here = url_for(".index", box=box)
        return page(
            "inbox/index.html",
            box=box,
            titles=TITLES,
            counts=inbox.counts(actor),
            lines=entries(found.lines, _called),
            cards=catalogue.many(services) if services else {},
            agencies=names.of_agencies([one.onward.from_agency_id for one in found.lines]),
            state_of=summary.state_of,
            withdrawn=withdrawn,
            button_form=SecureForm(),
            older=url_for(".index", box=box, after=found.after) if found.after else None,
            newer=here if request.args.get("after") else None,
        )


def _called(line: Line) -> str:
    """The first line of a disclosure is always the name."""
    return line.disclosure.snapshot.lines[0][1]
