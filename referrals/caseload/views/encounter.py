"""Record an encounter."""

import uuid

from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.identity.login import current_actor
from referrals.caseload import policy
from referrals.caseload.actions import encounter as encounters
from referrals.caseload.blueprint import bp
from referrals.caseload.forms.encounter import EncounterForm
from referrals.caseload.views.saving import save
from referrals.record.queries import referral as referrals
from referrals.triage.views.asking import ask


@bp.route("/<uuid:referral_id>/encounters/new", methods=["GET", "POST"])
def new_encounter(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for an encounter; on success return to the referral."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.RECORD_ENCOUNTER.require(actor, referral)
        form = EncounterForm()
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/encounter.html", form)

        def act() -> None:
            encounters.record(actor, referral, form.to_draft())

        return save(actor, referral, form, act, "Encounter recorded")
