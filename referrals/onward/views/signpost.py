"""Tell the person of a service: recorded apart, and a sheet to take along."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.pages import page
from directory import catalogue
from referrals.onward.actions import signpost as signposts
from referrals.onward.blueprint import bp
from referrals.onward.forms.follow import SignpostForm
from referrals.onward.policy import PRINT_SHEET, SIGNPOST
from referrals.onward.queries import preview
from referrals.onward.queries import sheet as sheets
from referrals.record.queries import referral as referrals

ANY = "any"


@bp.route("/<uuid:referral_id>/signpost/<uuid:service_id>", methods=["GET", "POST"])
def signpost(referral_id: uuid.UUID, service_id: uuid.UUID) -> ResponseReturnValue:
    """Ask for which need; nothing about the person leaves."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        SIGNPOST.require(actor, referral)
        card = catalogue.get(service_id)
        needs = preview.open_needs(referral)
        names = catalogue.term_names([one.term_id for one in needs])
        form = SignpostForm(need_id=request.args.get("need_id", ANY))
        form.need_id.choices = [(str(one.id), names.get(one.term_id, "A need")) for one in needs]
        form.need_id.choices.append((ANY, "None in particular"))
        if not form.validate_on_submit():
            return page("onward/signpost.html", form=form, referral=referral, card=card)

        def effect() -> str:
            chosen = form.need_id.data
            need_id = uuid.UUID(chosen) if chosen and chosen != ANY else None
            signposts.add(actor, referral, service_id, need_id)
            flash("Signpost recorded. Nothing was sent")
            return url_for(".sheet", referral_id=referral_id)

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


@bp.get("/<uuid:referral_id>/sheet")
def sheet(referral_id: uuid.UUID) -> ResponseReturnValue:
    """What the person was told of, on paper, in ordinary or large print."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        PRINT_SHEET.require(actor, referral)
        audit.record(actor, "signpost.printed", referral)
        return page(
            "onward/sheet.html",
            referral=referral,
            entries=sheets.of(referral),
            large="large" in request.args,
        )
