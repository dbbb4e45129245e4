"""Check your answers, and send."""

import uuid
from typing import Any

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.idempotency import once
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.pages import page
from directory import catalogue
from referrals.refer.actions import send
from referrals.refer.blueprint import bp
from referrals.refer.forms.send import SendForm
from referrals.refer.queries import known
from referrals.refer.views.draft import Opened, opened

ASKED = "checked before sending; asked whether another agency knows the person"


@bp.route("/<uuid:referral_id>/check", methods=["GET", "POST"])
def check(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Show every answer; send when asked to, once however often it is asked."""
    actor = current_actor()
    with transaction(actor):
        form = SendForm()
        if form.validate_on_submit():
            where = once(form.submission(actor), lambda: _send(actor, referral_id, form))
            return redirect(where, 303)
        draft = opened(actor, referral_id)
        if draft.pages.next() != "check":
            return redirect(draft.href(draft.pages.next()), 303)
        audit.record(actor, "referral.draft_viewed", draft.draft, reason=ASKED)
        context = _context(actor, draft)
        if not form.is_submitted():
            team = context["team"]
            form = SendForm(version=draft.draft.version, team=team and team.id)
        return page("refer/check.html", form=form, **context)


def _send(actor: Actor, referral_id: uuid.UUID, form: SendForm) -> str:
    # Read after `once` let us through: of two sendings the second must find it sent.
    draft = opened(actor, referral_id)
    answers = draft.pages.sendable()
    form.require_unchanged(draft.draft, answers.reasons.team_id)
    send.send(actor, draft.draft, answers, current_app.config["SETTINGS"])
    return url_for("refer.sent", referral_id=referral_id)


def _context(actor: Actor, draft: Opened) -> dict[str, Any]:
    answers = draft.pages.answers()
    wanted = draft.pages.wanted()
    same = {one.row.id for one in known.people(actor, wanted)} | {draft.draft.person_id}
    others = [one for one in known.open_referrals(actor, same) if one.id != draft.draft.id]
    return {
        "desk": draft.desk,
        "draft": draft.draft,
        "answers": answers,
        "team": draft.desk.team(answers.reasons.team_id),
        "need_names": catalogue.term_names(answers.reasons.needs),
        "open_ones": others,
        "known_elsewhere": known.known_elsewhere(wanted),
    }
