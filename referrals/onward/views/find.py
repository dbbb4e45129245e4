"""Find a service for a need. The form is posted: it says roughly where the person lives."""

import uuid
from datetime import date

from flask import current_app, request
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.identity.login import current_actor
from app.ui import outside
from app.ui.pages import page
from app.ui.words import age
from directory import catalogue
from referrals.onward.blueprint import bp
from referrals.onward.forms.find import THEIRS, FindForm
from referrals.onward.policy import FOLLOW, SEND_ON
from referrals.onward.queries import fit, preview
from referrals.onward.queries.reasons import Asked, access_needs
from referrals.record.models.need import Need
from referrals.record.models.referral import Referral
from referrals.record.queries import referral as referrals


@bp.route("/<uuid:referral_id>/find", methods=["GET", "POST"])
def find(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Services for a need near the person, with what speaks for and against each."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        FOLLOW.require(actor, referral)
        needs = preview.open_needs(referral)
        form = _form(referral, needs)
        asked = request.method == "GET" or form.validate_on_submit()
        form.settle()
        found = _search(form) if asked else None
        audit.record(actor, "service.searched_for", referral)
        cards = found.page.cards if found else []
        return page(
            "onward/find.html",
            form=form,
            referral=referral,
            found=found,
            groups=catalogue.facet_groups(),
            ground=outside.shown(current_app.config["SETTINGS"].ground),
            fits=fit.judge(actor, cards, _born(referral), _asked(form)),
            may_send=SEND_ON.allows(actor, referral),
            need_for=lambda card: _need_for(card, form, needs),
        )


def _form(referral: Referral, needs: list[Need]) -> FindForm:
    names = catalogue.term_names([one.term_id for one in needs])
    person, born = referral.person, _born(referral)
    form = FindForm(
        need=_asked_for(needs),
        near=_area(referral),
        age=age(born) if born else None,
        language=person.requirements.interpreter_language,
        access=access_needs(person),
    )
    form.offer([(str(one.term_id), names.get(one.term_id, "A need")) for one in needs])
    return form


def _asked_for(needs: list[Need]) -> str | None:
    """The term of the need in the address, or of the only one there is, or all of them."""
    wanted = [one for one in needs if str(one.id) == request.args.get("need_id")] or needs
    if len(wanted) > 1:
        return THEIRS
    return str(wanted[0].term_id) if wanted else None


def _need_for(card: catalogue.ServiceCard, form: FindForm, needs: list[Need]) -> uuid.UUID | None:
    """Which of the needs that are searched for this service would be asked to help with."""
    wanted = [one for one in needs if str(one.term_id) in form.needs]
    helped = [one for one in wanted if form.needs[str(one.term_id)] in card.needs]
    return next((one.id for one in helped or wanted), None)


def _area(referral: Referral) -> str:
    return catalogue.outward_code(referral.person.contact.postcode) or ""


def _born(referral: Referral) -> date | None:
    return referral.person.identity.date_of_birth


def _asked(form: FindForm) -> Asked:
    return Asked(
        needs=tuple(form.needs.values()),
        words=form.words.data or "",
        years=form.age.data,
        access=form.access.chosen,
        language=form.language.data or "",
    )


def _search(form: FindForm) -> catalogue.Answer:
    found = catalogue.answer_to(
        form.words.data or "",
        term_ids=[uuid.UUID(one) for one in form.needs],
        near=form.near.data or "",
        within=form.miles,
        age=form.age.data,
        facets=form.facets.facets,
        after=form.after.data or "",
    )
    form.number(found)
    return found
