"""The caseload: what to do next, and by when."""

import uuid

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.caseload import policy
from referrals.caseload.blueprint import bp
from referrals.caseload.queries import caseload, lines, team
from referrals.caseload.queries.caseload import TEAM, Show, Whose
from referrals.record.policy import a_link_worker
from referrals.record.queries.keyset import place

TABS = {
    Show.ALL: "All",
    Show.OVERDUE: "Overdue",
    Show.DUE: "Due",
    Show.WAITING: "Waiting on others",
}


@bp.get("/")
def index() -> ResponseReturnValue:
    """One page of a caseload, the most pressing first."""
    actor = current_actor()
    policy.SEE_CASELOAD.require(actor)
    show = Show(request.args["show"]) if request.args.get("show") in list(Show) else Show.ALL
    whose = whose_of(actor, request.args.get("whose", ""))
    after = place(request.args.get("after", ""))
    with transaction(actor):
        rows = caseload.page(actor, whose, show, after)
        shown = lines.of(actor, [one for one, _group in rows.pairs])
        audit.shown(actor, "caseload.viewed", [one.row.person_id for one in shown])
        groups = {one.referral_id: group for one, group in rows.pairs}

        def at(show: Show, **more: object) -> str:
            mine = {} if whose == actor.user_id else {"whose": whose}
            return url_for(".index", show=show, **mine, **more)

        return page(
            "caseload/index.html",
            show=show,
            whose=whose,
            mine=whose == actor.user_id,
            groups=[(TABS[one], _of_group(shown, groups, number)) for one, number in _GROUPS],
            contacts=lines.last_contacts(list(groups)),
            tabs=[
                (one, TABS[one], count, at(one))
                for one, count in caseload.counts(actor, whose).items()
            ],
            older=at(show, after=rows.following) if rows.following else None,
            newer=at(show) if after else None,
            colleagues=team.link_workers(actor) if policy.SEE_COLLEAGUES.allows(actor) else None,
        )


_GROUPS = caseload.GROUPS.items()


def _of_group(shown: lines.Lines, groups: dict[uuid.UUID, int], number: int) -> lines.Lines:
    return [one for one in shown if groups[one.row.id] == number]


def whose_of(actor: Actor, text: str) -> Whose:
    """Whose caseload: one's own unless a lead asks for a colleague's or the team's."""
    own: Whose = actor.user_id if a_link_worker.test(actor, None) else TEAM
    if not text or text == str(actor.user_id):
        return own
    policy.SEE_COLLEAGUES.require(actor)
    try:
        return TEAM if text == TEAM else uuid.UUID(text)
    except ValueError:
        return own
