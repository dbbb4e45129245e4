"""Pages about risks."""

import uuid

from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from referrals.caseload import policy
from referrals.caseload.actions import risk as risks
from referrals.caseload.blueprint import bp
from referrals.caseload.forms.risk import ReviewRiskForm, RiskForm
from referrals.caseload.queries import work
from referrals.caseload.views.saving import save
from referrals.record.models.version import require_version
from referrals.record.queries import referral as referrals
from referrals.triage.views.asking import ask


@bp.route("/<uuid:referral_id>/risks/new", methods=["GET", "POST"])
def new_risk(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Write down a risk."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.KEEP_RISKS.require(actor, referral)
        form = RiskForm()
        if not form.validate_on_submit():
            other = SecureForm(formdata=None, prefix="none")
            return ask(actor, referral, "caseload/risk.html", form, no_risk_form=other)

        def act() -> None:
            risks.add(actor, referral, form.risk_to.data, form.words.data, form.review_on.data)

        return save(actor, referral, form, act, "Risk added")


@bp.post("/<uuid:referral_id>/risks/none-known")
def no_risks(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Say that somebody asked and no risk is known."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.KEEP_RISKS.require(actor, referral)
        form = SecureForm(prefix="none")
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/no_risks.html", form)

        def act() -> None:
            risks.none_known(actor, referral)

        return save(actor, referral, form, act, "No known risks")


@bp.route("/<uuid:referral_id>/risks/<uuid:risk_id>", methods=["GET", "POST"])
def risk(referral_id: uuid.UUID, risk_id: uuid.UUID) -> ResponseReturnValue:
    """Review a risk, or end it."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.KEEP_RISKS.require(actor, referral)
        row = work.risk(referral, risk_id)
        form = ReviewRiskForm(version=row.version, words=row.safeguarding.words)
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/risk_review.html", form)

        def act() -> None:
            require_version(row, form.version.data)
            if form.still.data == "no":
                risks.end(actor, referral, row)
            else:
                risks.review(actor, referral, row, form.words.data, form.review_on.data)

        return save(actor, referral, form, act, "Risk reviewed")
