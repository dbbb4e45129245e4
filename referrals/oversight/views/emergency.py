"""Emergencies: one to judge, and those judged."""

import uuid
from datetime import datetime

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.errors import Invalid
from app.core.idempotency import once
from app.core.sealing import entries
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.emergency.models.glass import GlassBreak
from referrals.emergency.models.review import GlassReview
from referrals.oversight import policy
from referrals.oversight.actions import judging
from referrals.oversight.blueprint import bp
from referrals.oversight.forms.judge import EmergencyJudgementForm, FoundJudgementForm
from referrals.oversight.queries import emergencies
from referrals.record.queries import names


@bp.get("/emergencies")
def emergencies_list() -> ResponseReturnValue:
    """All that wait, or all that were judged, a page at a time."""
    actor = current_actor()
    policy.OVERSEE.require(actor)
    judged = request.args.get("show") == "judged"
    beyond = _moment(request.args.get("beyond", ""))
    with transaction(actor):
        found = emergencies.page(actor, judged=judged, beyond=beyond)
        audit.record(actor, "oversight.viewed")
        last = found.rows[-1][0].created_at.isoformat() if found.more else None
        return page(
            "oversight/emergencies.html",
            rows=found.rows,
            judged=judged,
            due=emergencies.due,
            older=url_for(".emergencies_list", show=request.args.get("show"), beyond=last)
            if last
            else None,
            user_names=names.of_users(one.user_id for one, _review in found.rows),
        )


@bp.route("/emergencies/<uuid:break_id>", methods=["GET", "POST"])
def emergency(break_id: uuid.UUID) -> ResponseReturnValue:
    """What happened, what was looked at, and whether it was right."""
    actor = current_actor()
    policy.OVERSEE.require(actor)
    with transaction(actor):
        glass, review = emergencies.get(actor, break_id)
        form = FoundJudgementForm() if glass.person_id else EmergencyJudgementForm()
        if not form.validate_on_submit():
            return _page(actor, glass, review, form)

        def effect() -> str:
            judging.judge_emergency(actor, glass, form.judgement.data, form.words.data)
            flash("Judged. It is kept with the emergency")
            return url_for(".index")

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


def _page(
    actor: Actor, glass: GlassBreak, review: GlassReview | None, form: EmergencyJudgementForm
) -> ResponseReturnValue:
    audit.record(actor, "emergency.viewed", glass)
    return page(
        "oversight/emergency.html",
        form=form,
        glass=glass,
        words=entries([glass], lambda row: row.words)[0],
        review=review,
        review_words=entries([review], lambda row: row.words)[0] if review else None,
        due=emergencies.due(glass),
        looked_at=emergencies.looked_at(glass),
        most=emergencies.MOST,
        may_judge=review is None and policy.JUDGE_EMERGENCY.allows(actor, glass),
        user_names=names.of_users([glass.user_id, review.user_id if review else None]),
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("Open the list again from its beginning.") from None
