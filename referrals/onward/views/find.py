"""Find a service for a need. The form is posted: it says roughly where the person lives."""

import uuid
from datetime import date

from flask import request
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.identity.login import current_actor
from app.ui.pages import page
from app.ui.words import age
from directory import catalogue
from referrals.onward.blueprint import bp
from referrals.onward.forms.find import FindForm
from referrals.onward.policy import FOLLOW, SEND_ON
from referrals.onward.queries import fit, preview
from referrals.onward.queries.reasons import Asked, access_needs
from referrals.record.models.need import Need
from referrals.record.models.referral import Referral
from referrals.record.queries import referral as referrals


@bp.route("/<uuid:referral_id>/find", methods=["GET", "POST"])
def find(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Services for a need near the person, with what speaks against each."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        FOLLOW.require(actor, referral)
        needs = preview.open_needs(referral)
        form = _form(referral, needs)
        asked = request.method == "GET" or form.validate_on_submit()
        found = _search(form) if asked else catalogue.Page([])
        audit.record(actor, "service.searched_for", referral)
        return page(
            "onward/find.html",
            form=form,
            referral=referral,
            results=found,
            fits=fit.judge(actor, found.cards, _born(referral), _asked(form)),
            may_send=SEND_ON.allows(actor, referral),
            need_id=_chosen(needs, form.need.data),
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
    form.need.choices = [(str(one.term_id), names.get(one.term_id, "A need")) for one in needs]
    return form


def _asked_for(needs: list[Need]) -> str | None:
    """The term of the need in the address, or of the only one there is."""
    wanted = [one for one in needs if str(one.id) == request.args.get("need_id")] or needs
    return str(wanted[0].term_id) if len(wanted) == 1 or request.args.get("need_id") else None


def _chosen(needs: list[Need], term: str | None) -> uuid.UUID | None:
    return next((one.id for one in needs if str(one.term_id) == term), None)


def _area(referral: Referral) -> str:
    return catalogue.outward_code(referral.person.contact.postcode) or ""


def _born(referral: Referral) -> date | None:
    return referral.person.identity.date_of_birth


def _asked(form: FindForm) -> Asked:
    names = {value: name for value, name in form.need.choices if value == form.need.data}
    return Asked(
        need=names.get(form.need.data or "", ""),
        words=form.words.data or "",
        years=form.age.data,
        access=form.access.chosen,
        language=form.language.data or "",
    )


def _search(form: FindForm) -> catalogue.Page:
    terms = [uuid.UUID(form.need.data)] if form.need.data else []
    return catalogue.search(
        form.words.data,
        term_ids=terms,
        near=form.near.data,
        within=int(form.within.data) if form.within.data else None,
        age=form.age.data,
        after=form.after.data or "",
    )
