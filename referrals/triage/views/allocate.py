"""Put one referral on a caseload, or move it to another."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from referrals.record.models.version import require_version
from referrals.record.queries import referral as referrals
from referrals.triage import policy
from referrals.triage.actions import allocation
from referrals.triage.blueprint import bp
from referrals.triage.forms import AllocateForm
from referrals.triage.views.asking import ask
from referrals.triage.views.judge import hints, offer


@bp.route("/<uuid:referral_id>/allocation", methods=["GET", "POST"])
def allocate(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Ask who, then allocate."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.ANSWER.require(actor, referral)
        form = AllocateForm(version=referral.version, who=referral.link_worker_id)
        offer(actor, form, later=False)
        back = url_for(
            "caseload.show" if referral.link_worker_id else ".judge", referral_id=referral.id
        )
        if not form.validate_on_submit():
            team = hints(form)
            return ask(actor, referral, "triage/allocate.html", form, team=team, back=back)

        def effect() -> str:
            require_version(referral, form.version.data)
            allocation.allocate(actor, referral, form.who.data)
            flash("Referral allocated")
            return back

        where = once(form.submission(actor), effect)
    return redirect(where, 303)
