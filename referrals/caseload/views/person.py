"""Pages about the person: contact details, access needs, what matters to them."""

import uuid

from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.identity.login import current_actor
from referrals.caseload import policy
from referrals.caseload.actions import person as people
from referrals.caseload.blueprint import bp
from referrals.caseload.forms.person import (
    AboutMeForm,
    DetailsForm,
    RequirementsForm,
    stored_details,
)
from referrals.caseload.views.saving import save
from referrals.record.models.version import require_version
from referrals.record.queries import referral as referrals
from referrals.triage.views.asking import ask


@bp.route("/<uuid:referral_id>/person", methods=["GET", "POST"])
def person(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Change how the person is called and reached."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.KEEP_PERSON.require(actor, referral)
        form = DetailsForm(**stored_details(referral.person))
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/person.html", form)

        def act() -> None:
            require_version(referral.person, form.version.data)
            people.change_details(actor, referral, form.to_details())

        return save(actor, referral, form, act, "Contact details changed")


@bp.route("/<uuid:referral_id>/access-needs", methods=["GET", "POST"])
def requirements(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Change what the person needs in order to be met."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.KEEP_PERSON.require(actor, referral)
        stored = vars(referral.person.requirements)
        form = RequirementsForm(version=referral.person.version, **stored)
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/requirements.html", form)

        def act() -> None:
            require_version(referral.person, form.version.data)
            people.change_requirements(actor, referral, form.to_requirements())

        return save(actor, referral, form, act, "Access needs changed")


@bp.route("/<uuid:referral_id>/about-me", methods=["GET", "POST"])
def about_me(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Write down what matters to the person."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        policy.KEEP_PLAN.require(actor, referral)
        stored = vars(referral.narrative)
        form = AboutMeForm(version=referral.version, **stored)
        if not form.validate_on_submit():
            return ask(actor, referral, "caseload/about_me.html", form)

        def act() -> None:
            require_version(referral, form.version.data)
            people.change_about_me(actor, referral, form.to_about_me())

        return save(actor, referral, form, act, "What matters to them is written down")
