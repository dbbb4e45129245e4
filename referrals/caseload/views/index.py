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
from referrals.record.queries.keyset import Place, place

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
        shown = lines.of(one for one, _group in rows.pairs)
        audit.shown(actor, "caseload.viewed", [one.row.person_id for one in shown])
        return page(
            "caseload/index.html",
            show=show,
            whose=whose,
            mine=whose == actor.user_id,
            groups=_grouped(shown, rows),
            contacts=lines.last_contacts([one.row.id for one in shown]),
            tabs=_tabs(actor, whose),
            older=_at(actor, whose, show, rows.following) if rows.following else None,
            newer=_at(actor, whose, show) if after else None,
            colleagues=team.link_workers(actor) if policy.SEE_COLLEAGUES.allows(actor) else None,
        )


def _grouped(shown: lines.Lines, rows: caseload.Rows) -> list[tuple[str, lines.Lines]]:
    group_of = dict(rows.pairs)
    return [
        (TABS[show], [one for one in shown if group_of[one.row.id] == group])
        for show, group in caseload.GROUPS.items()
    ]


def _tabs(actor: Actor, whose: Whose) -> list[tuple[Show, str, int, str]]:
    counts = caseload.counts(actor, whose)
    return [(one, TABS[one], count, _at(actor, whose, one)) for one, count in counts.items()]


def _at(actor: Actor, whose: Whose, show: Show, after: Place | None = None) -> str:
    mine = whose == actor.user_id
    return url_for(".index", show=show, whose=None if mine else whose, after=after)


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
