"""One referral to judge by: who, why, what for, with which risks, and what was agreed."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.forms import SecureForm, VersionedForm
from app.ui.pages import page
from app.ui.words import plural
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status
from referrals.record.queries import portrait
from referrals.record.queries import referral as referrals
from referrals.triage import policy
from referrals.triage.blueprint import bp
from referrals.triage.forms import LATER, AcceptForm
from referrals.triage.queries import load


@bp.get("/<uuid:referral_id>")
def judge(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Show a referral with what can be done about it."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.JUDGE.require(actor, referral)
        form = AcceptForm(version=referral.version)
        offer(actor, form)
        return shown(actor, referral, form)


def shown(actor: Actor, referral: Referral, form: AcceptForm) -> ResponseReturnValue:
    """The page itself, also when the form on it has mistakes."""
    audit.record(actor, "referral.viewed", referral)
    may_answer = policy.ANSWER.allows(actor, referral)
    return page(
        "triage/judge.html",
        form=form,
        referral=referral,
        portrait=portrait.of(referral),
        team=hints(form),
        may_accept=may_answer and referral.status == Status.REQUESTED,
        may_allocate=may_answer and referral.status == Status.ACCEPTED,
        may_pause=policy.PAUSE.allows(actor, referral) and referral.is_open,
        resume=VersionedForm(version=referral.version, formdata=None),
    )


def offer(actor: Actor, form: SecureForm, *, later: bool = True) -> Sequence[load.Load]:
    """Give the form's `who` the team, the least busy first, and the load of each as a hint."""
    team = load.of_team(actor)
    field: Any = form["who"]
    field.choices = [(str(one.user_id), one.name) for one in team]
    field.loads = {str(one.user_id): load_words(one) for one in team}
    if later:
        field.choices.append((LATER, "Decide later"))
    return team


def hints(form: SecureForm) -> dict[str, str]:
    """What the page shows under each name."""
    return getattr(form["who"], "loads", {})


def load_words(one: load.Load) -> str:
    """12 open referrals, 3 overdue."""
    overdue = f", {one.overdue} overdue" if one.overdue else ""
    return plural(one.open, "open referral").capitalize() + overdue
