"""One record as a privacy officer sees it: references, dates, holds, and what may be done."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core import audit, clock
from app.core.db import transaction
from app.core.idempotency import once
from app.identity import assurance
from app.identity.login import current_actor
from app.ui.pages import page
from config.acts import Act
from referrals.record.queries import names
from referrals.retention.actions import erasure as actions
from referrals.retention.blueprint import bp
from referrals.retention.forms.retention import ProposeForm
from referrals.retention.policy import LIFT_HOLD, PROPOSE, SEE_KEPT
from referrals.retention.queries import erasure as erasures
from referrals.retention.queries import hold as holds
from referrals.retention.queries import kept as kept_until
from referrals.retention.views.index import rules


@bp.get("/people/<uuid:person_id>")
def person(person_id: uuid.UUID) -> ResponseReturnValue:
    """Until when it is kept, and why."""
    actor = current_actor()
    SEE_KEPT.require(actor)
    with transaction(actor):
        kept = kept_until.get(actor, rules(), person_id)
        found = holds.of_person(actor, person_id)
        audit.shown(actor, "retention.opened", [person_id])
        return page(
            "retention/person.html",
            kept=kept,
            is_due=kept.is_due(clock.today()),
            holds=found,
            is_held=any(one.lifted_at is None for one in found),
            erasure=erasures.of_person(actor, person_id),
            may_lift={one.id for one in found if LIFT_HOLD.allows(actor, one)},
            user_names=names.of_users(
                [*(one.placed_by for one in found), *(one.lifted_by for one in found)]
            ),
            agency_names=names.of_agencies([one.agency_id for one in found]),
        )


@bp.route("/people/<uuid:person_id>/erasure", methods=["GET", "POST"])
def propose(person_id: uuid.UUID) -> ResponseReturnValue:
    """Say what erasing means, and ask another officer to agree."""
    actor = current_actor()
    PROPOSE.require(actor)
    assurance.require(actor, Act.ERASE_PERSON)
    with transaction(actor):
        kept = kept_until.get(actor, rules(), person_id)
        form = ProposeForm()
        if form.validate_on_submit():

            def effect() -> str:
                made = actions.propose(actor, kept)
                flash("Proposed. Another privacy officer now has to agree")
                return url_for(".erasure", erasure_id=made.id)

            return redirect(once(form.submission(actor), effect), 303)
        actions.require_ready(actor, kept)
        return page("retention/propose.html", form=form, kept=kept)
