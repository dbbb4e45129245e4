"""Pages about needs."""

import uuid

from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.identity.login import current_actor
from directory import catalogue
from referrals.caseload import policy
from referrals.caseload.actions import plan
from referrals.caseload.blueprint import bp
from referrals.caseload.forms.plan import NeedForm
from referrals.caseload.queries import work
from referrals.caseload.views.saving import save
from referrals.record.models.version import require_version
from referrals.record.queries import referral as referrals
from referrals.triage.views.asking import ask


def _offer(form: NeedForm) -> NeedForm:
    form.term.choices = [
        (str(term.id), f"{group.name}: {term.name}")
        for group in catalogue.terms()
        for term in group.terms
    ]
    return form


@bp.route("/<uuid:referral_id>/needs/new", methods=["GET", "POST"])
def new_need(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Write down another need."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.KEEP_PLAN.require(actor, referral)
        form = _offer(NeedForm())
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/need.html", form, new=True)

        def act() -> None:
            plan.add_need(actor, referral, form.term.data, form.words.data)

        return save(actor, referral, form, act, "Need added")


@bp.route("/<uuid:referral_id>/needs/<uuid:need_id>", methods=["GET", "POST"])
def need(referral_id: uuid.UUID, need_id: uuid.UUID) -> ResponseReturnValue:
    """Say a need otherwise."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.KEEP_PLAN.require(actor, referral)
        row = work.need(referral, need_id)
        form = NeedForm(version=row.version, term=row.term_id, words=row.words.words)
        if not _offer(form).validate_on_submit():
            return ask(actor, referral, "caseload/need.html", form, new=False)

        def act() -> None:
            require_version(row, form.version.data)
            plan.change_need(actor, referral, row, form.term.data, form.words.data)

        return save(actor, referral, form, act, "Need changed")
