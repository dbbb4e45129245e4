"""Pages about the actions of a plan."""

import uuid

from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.identity.login import current_actor
from referrals.caseload import policy
from referrals.caseload.actions import plan
from referrals.caseload.blueprint import bp
from referrals.caseload.forms.plan import ActionForm, ChangeActionForm
from referrals.caseload.models.plan import PlanAction
from referrals.caseload.queries import work
from referrals.caseload.views.saving import save
from referrals.record.models.version import require_version
from referrals.record.queries import referral as referrals
from referrals.triage.views.asking import ask


@bp.route("/<uuid:referral_id>/goals/<uuid:goal_id>/actions/new", methods=["GET", "POST"])
def new_action(referral_id: uuid.UUID, goal_id: uuid.UUID) -> ResponseReturnValue:
    """Agree a step towards a goal."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.KEEP_PLAN.require(actor, referral)
        goal = work.goal(referral, goal_id)
        form = ActionForm()
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/action.html", form, new=True)

        def act() -> None:
            plan.add_action(actor, referral, goal, form.to_draft())

        return save(actor, referral, form, act, "Action added")


@bp.route("/<uuid:referral_id>/actions/<uuid:action_id>", methods=["GET", "POST"])
def action(referral_id: uuid.UUID, action_id: uuid.UUID) -> ResponseReturnValue:
    """Say whether it was done, or agree it otherwise."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.KEEP_PLAN.require(actor, referral)
        row = work.action(referral, action_id)
        form = _filled(row)
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/action.html", form, new=False)

        def act() -> None:
            require_version(row, form.version.data)
            plan.change_action(actor, referral, row, form.to_draft(), form.status.data)

        return save(actor, referral, form, act, "Action changed")


def _filled(row: PlanAction) -> ChangeActionForm:
    return ChangeActionForm(
        version=row.version,
        words=row.words.words,
        who=row.who,
        due_on=row.due_on,
        confidence=row.confidence,
        status=row.status,
    )
