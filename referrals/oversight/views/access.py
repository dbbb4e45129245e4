"""The list of unusual access, and one line of it."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.idempotency import once
from app.core.sealing import entries
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.oversight import policy
from referrals.oversight.actions import judging
from referrals.oversight.blueprint import bp
from referrals.oversight.forms.judge import AccessJudgementForm
from referrals.oversight.models.signs import DEFINITIONS
from referrals.oversight.models.unusual import UnusualAccess
from referrals.oversight.queries import unusual
from referrals.record.models.version import require_version
from referrals.record.queries import names
from referrals.record.queries.keyset import place


@bp.get("/access")
def access() -> ResponseReturnValue:
    """Lines that nobody has judged, or those judged, the latest day first."""
    actor = current_actor()
    policy.OVERSEE.require(actor)
    show = request.args.get("show")
    after = place(request.args.get("after", ""))
    with transaction(actor):
        found = unusual.page(actor, judged=show == "judged", after=after)
        audit.record(actor, "unusual_access.viewed")
        return page(
            "oversight/access.html",
            rows=entries(found.rows, lambda one: one.what),
            judged=show == "judged",
            definitions=DEFINITIONS,
            older=url_for(".access", show=show, after=found.following) if found.following else None,
            user_names=names.of_users(one.user_id for one in found.rows),
        )


@bp.route("/access/<uuid:line_id>", methods=["GET", "POST"])
def line(line_id: uuid.UUID) -> ResponseReturnValue:
    """One line: what is unusual, and whether there is an explanation."""
    actor = current_actor()
    policy.OVERSEE.require(actor)
    with transaction(actor):
        row = unusual.get(actor, line_id)
        form = _filled(row)
        if not form.validate_on_submit():
            return _page(actor, row, form)

        def effect() -> str:
            require_version(row, form.version.data)
            said = (form.verdict.data, form.because.data, form.words.data)
            judging.judge_access(actor, row, *said)
            flash("Noted")
            return url_for(".access")

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


def _filled(row: UnusualAccess) -> AccessJudgementForm:
    said = entries([row], lambda one: (one.because, one.words.words if one.words else ""))[0]
    because, words = said.value or ("", "")
    return AccessJudgementForm(
        version=row.version, verdict=row.judgement, because=because or None, words=words
    )


def _page(actor: Actor, row: UnusualAccess, form: AccessJudgementForm) -> ResponseReturnValue:
    audit.record(actor, "unusual_access.viewed", row)
    told = entries([row], lambda one: one.what)[0]
    return page(
        "oversight/line.html",
        form=form,
        line=row,
        told=told,
        definition=DEFINITIONS[told.value] if told.value else "",
        may_judge=policy.JUDGE_ACCESS.allows(actor, row),
        user_names=names.of_users([row.user_id, row.judged_by]),
    )
