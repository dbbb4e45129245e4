"""Pages about goals."""

import uuid

from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.identity.login import current_actor
from referrals.caseload import policy
from referrals.caseload.actions import plan
from referrals.caseload.blueprint import bp
from referrals.caseload.forms.plan import GoalForm
from referrals.caseload.queries import work
from referrals.caseload.views.saving import save
from referrals.record.models.version import require_version
from referrals.record.queries import referral as referrals
from referrals.triage.views.asking import ask


@bp.route("/<uuid:referral_id>/needs/<uuid:need_id>/goals/new", methods=["GET", "POST"])
def new_goal(referral_id: uuid.UUID, need_id: uuid.UUID) -> ResponseReturnValue:
    """Add what the person wants."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.KEEP_PLAN.require(actor, referral)
        need = work.need(referral, need_id)
        form = GoalForm()
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/goal.html", form, new=True)

        def act() -> None:
            plan.add_goal(actor, referral, need, form.words.data, form.importance.data)

        return save(actor, referral, form, act, "Goal added")


@bp.route("/<uuid:referral_id>/goals/<uuid:goal_id>", methods=["GET", "POST"])
def goal(referral_id: uuid.UUID, goal_id: uuid.UUID) -> ResponseReturnValue:
    """Say a goal otherwise."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.KEEP_PLAN.require(actor, referral)
        row = work.goal(referral, goal_id)
        form = GoalForm(version=row.version, words=row.words.words, importance=row.importance)
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/goal.html", form, new=False)

        def act() -> None:
            require_version(row, form.version.data)
            plan.change_goal(actor, referral, row, form.words.data, form.importance.data)

        return save(actor, referral, form, act, "Goal changed")
