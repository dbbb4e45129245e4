"""Decide what goes along, preview exactly what crosses, send it."""

import uuid

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import session, transaction
from app.core.errors import Conflict
from app.core.idempotency import once
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.pages import page
from directory import catalogue
from referrals.onward.actions import onward
from referrals.onward.blueprint import bp
from referrals.onward.forms.send import DetailsForm, SendForm
from referrals.onward.policy import SEND_ON
from referrals.onward.queries import fit, preview
from referrals.onward.queries.lines import LABELS
from referrals.record.models.referral import Referral
from referrals.record.queries import referral as referrals

NOT_KEPT = {"csrf_token", "idempotency_key", "digest", "agreed", "change"}
BESIDE_THE_PREVIEW = {"csrf_token", "digest", "agreed"}


@bp.route("/<uuid:referral_id>/to/<uuid:service_id>", methods=["GET", "POST"])
def details(referral_id: uuid.UUID, service_id: uuid.UUID) -> ResponseReturnValue:
    """Ask what goes along; then show the preview."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        SEND_ON.require(actor, referral)
        card = catalogue.get(service_id)
        form = DetailsForm(need_id=_need(referral), accompanied_by="no")
        offer(form, referral, service_id)
        again = request.method == "POST" and "change" in request.form
        if again or not form.validate_on_submit():
            return _ask(actor, referral, form, card)
        asked = SendForm()
        return _preview(actor, referral, form, asked)


@bp.post("/<uuid:referral_id>/to/<uuid:service_id>/send")
def send(referral_id: uuid.UUID, service_id: uuid.UUID) -> ResponseReturnValue:
    """Send what was shown; if it has changed since, show it again."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        SEND_ON.require(actor, referral)
        form = SendForm()
        card = catalogue.get(service_id)
        offer(form, referral, service_id)
        if not form.validate_on_submit():
            if set(form.errors) <= BESIDE_THE_PREVIEW:
                return _preview(actor, referral, form, form)
            return _ask(actor, referral, form, card)
        draft, settings = form.to_draft(service_id), current_app.config["SETTINGS"]

        def effect() -> str:
            sent = onward.send(actor, referral, draft, form.digest.data, settings)
            flash("Sent. The service has been told that a referral is waiting")
            return url_for(".show", referral_id=referral_id, onward_id=sent.id)

        try:
            # Rolled back by itself, so that the key can be used again for what is shown now.
            with session.begin_nested():
                where = once(form.submission(actor), effect)
        except Conflict as changed:
            return _preview(actor, referral, form, form, changed.message)
    return redirect(where, 303)


def offer(form: DetailsForm, referral: Referral, service_id: uuid.UUID) -> None:
    """Put the open needs, and what may be left out, into the form."""
    needs = preview.open_needs(referral)
    names = catalogue.term_names([one.term_id for one in needs])
    form.need_id.choices = [(one.id, names.get(one.term_id, "A need")) for one in needs]
    profile = catalogue.disclosure_profile(service_id)
    form.left_out.choices = [(one, LABELS[one]) for one in preview.may_leave_out(profile)]


def _need(referral: Referral) -> uuid.UUID | None:
    """The need in the address, or the only one there is."""
    ids = [one.id for one in preview.open_needs(referral)]
    wanted = [one for one in ids if str(one) == request.args.get("need_id")] or ids
    return wanted[0] if len(wanted) == 1 else None


def _ask(
    actor: Actor, referral: Referral, form: DetailsForm, card: catalogue.ServiceCard
) -> ResponseReturnValue:
    judged = fit.judge(actor, [card], referral.person.identity.date_of_birth)[0]
    return page("onward/details.html", form=form, referral=referral, fit=judged)


def _preview(
    actor: Actor, referral: Referral, form: DetailsForm, asked: SendForm, changed: str = ""
) -> ResponseReturnValue:
    service_id = uuid.UUID(str((request.view_args or {})["service_id"]))
    shown = preview.build(referral, form.to_draft(service_id))
    asked.digest.data = shown.digest
    kept = [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_KEPT]
    return page(
        "onward/preview.html",
        form=asked,
        status=409 if changed else 200,
        referral=referral,
        shown=shown,
        kept=kept,
        changed=changed,
        agreed=shown.card.agency_id in fit.agreed_with(actor, [shown.card.agency_id]),
    )
