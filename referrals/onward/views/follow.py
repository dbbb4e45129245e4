"""What the team does about something it sent on."""

import uuid
from collections.abc import Callable

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory import catalogue
from referrals.onward.actions import follow
from referrals.onward.blueprint import bp
from referrals.onward.forms.follow import ReplyForm, WithdrawForm
from referrals.onward.models.onward_referral import OnwardReferral
from referrals.onward.policy import FOLLOW
from referrals.onward.queries import onward as onwards
from referrals.record.models.referral import Referral
from referrals.record.models.version import require_version
from referrals.record.queries import referral as referrals

TOO_OLD = "Nothing was changed: the page was open for a long time. Press the button again"
Act = Callable[[Actor, Referral, OnwardReferral], None]


@bp.post("/<uuid:referral_id>/sent/<uuid:onward_id>/chase")
def chase(referral_id: uuid.UUID, onward_id: uuid.UUID) -> ResponseReturnValue:
    """Remind the service."""
    return _press(referral_id, onward_id, follow.chase, "The service has been reminded")


@bp.post("/<uuid:referral_id>/sent/<uuid:onward_id>/noted")
def noted(referral_id: uuid.UUID, onward_id: uuid.UUID) -> ResponseReturnValue:
    """The team has read the answer."""
    return _press(referral_id, onward_id, follow.note_news, "Noted")


@bp.post("/<uuid:referral_id>/sent/<uuid:onward_id>/waiting")
def keep_waiting(referral_id: uuid.UUID, onward_id: uuid.UUID) -> ResponseReturnValue:
    """The person still wants to wait."""
    settings = current_app.config["SETTINGS"]

    def act(actor: Actor, referral: Referral, onward: OnwardReferral) -> None:
        follow.keep_waiting(actor, referral, onward, settings)

    return _press(referral_id, onward_id, act, "We will ask again in four weeks")


@bp.post("/<uuid:referral_id>/sent/<uuid:onward_id>/reply")
def reply(referral_id: uuid.UUID, onward_id: uuid.UUID) -> ResponseReturnValue:
    """Write to the service."""
    actor = current_actor()
    form = ReplyForm(prefix="reply")
    with transaction(actor):
        referral, onward = _found(actor, referral_id, onward_id)
        if not form.validate_on_submit():
            return page("onward/reply.html", form=form, referral=referral, onward=onward)

        def effect() -> str:
            follow.reply(actor, referral, onward, form.words.data)
            flash("Your reply was sent to the service")
            return url_for(".show", referral_id=referral_id, onward_id=onward_id)

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


@bp.route("/<uuid:referral_id>/sent/<uuid:onward_id>/withdraw", methods=["GET", "POST"])
def withdraw(referral_id: uuid.UUID, onward_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why, then take it back."""
    actor = current_actor()
    with transaction(actor):
        referral, onward = _found(actor, referral_id, onward_id)
        form = WithdrawForm(version=onward.version)
        if not form.validate_on_submit():
            card = catalogue.get(onward.service_id)
            return page(
                "onward/withdraw.html", form=form, referral=referral, onward=onward, card=card
            )

        def effect() -> str:
            require_version(onward, form.version.data)
            follow.withdraw(actor, referral, onward, form.reason.data, form.words.data)
            flash("Withdrawn. The service can no longer read it, and has been told")
            return url_for(".show", referral_id=referral_id, onward_id=onward_id)

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


def _found(
    actor: Actor, referral_id: uuid.UUID, onward_id: uuid.UUID
) -> tuple[Referral, OnwardReferral]:
    referral = referrals.get(actor, referral_id)
    FOLLOW.require(actor, referral)
    return referral, onwards.get(actor, referral, onward_id)


def _press(
    referral_id: uuid.UUID, onward_id: uuid.UUID, act: Act, said: str
) -> ResponseReturnValue:
    """One button: do it once and go back to the page it stands on."""
    actor = current_actor()
    form = SecureForm(prefix="do")
    where = url_for(".show", referral_id=referral_id, onward_id=onward_id)
    with transaction(actor):
        referral, onward = _found(actor, referral_id, onward_id)
        if form.validate_on_submit():

            def effect() -> str:
                act(actor, referral, onward)
                flash(said)
                return where

            where = once(form.submission(actor), effect)
        else:
            flash(TOO_OLD, "warning")
    return redirect(where, 303)
