"""Put an encounter right that was recorded wrongly."""

import uuid

from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.identity.login import current_actor
from referrals.caseload import policy
from referrals.caseload.actions import correction
from referrals.caseload.blueprint import bp
from referrals.caseload.forms.encounter import CorrectionForm, MistakeForm
from referrals.caseload.queries import work
from referrals.caseload.views.saving import save
from referrals.record.queries import referral as referrals
from referrals.triage.views.asking import ask


@bp.route("/<uuid:referral_id>/encounters/<uuid:encounter_id>", methods=["GET", "POST"])
def correct_encounter(referral_id: uuid.UUID, encounter_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for an encounter again, filled in as it was recorded."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.RECORD_ENCOUNTER.require(actor, referral)
        encounter = work.encounter(referral, encounter_id)
        form = CorrectionForm.of(encounter)
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/encounter.html", form, encounter=encounter)

        def act() -> None:
            correction.correct(actor, referral, encounter, form.to_draft())

        return save(actor, referral, form, act, "Encounter corrected")


@bp.route("/<uuid:referral_id>/encounters/<uuid:encounter_id>/mistake", methods=["GET", "POST"])
def mistaken_encounter(referral_id: uuid.UUID, encounter_id: uuid.UUID) -> ResponseReturnValue:
    """Take back an encounter that did not happen, or not with this person."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.RECORD_ENCOUNTER.require(actor, referral)
        encounter = work.encounter(referral, encounter_id)
        form = MistakeForm()
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/mistake.html", form, encounter=encounter)

        def act() -> None:
            correction.take_back(actor, referral, encounter, form.why.data)

        return save(actor, referral, form, act, "Encounter taken back")
