"""One referral as the referrer sees it: where it stands, the messages, and taking it back."""

import uuid

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.idempotency import once
from app.core.sealing import entries
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.finish.actions import cancelling
from referrals.finish.blueprint import sent
from referrals.finish.forms.ending import TakeBackForm
from referrals.finish.policy import READ_SENT, TAKE_BACK
from referrals.finish.queries import letters
from referrals.finish.queries import message as messages
from referrals.finish.words import STEPS, WORDS_FOR_REFERRER
from referrals.onward.words import reason_words
from referrals.record.models.version import require_version
from referrals.record.queries import names
from referrals.record.queries import referral as referrals


@sent.get("/<uuid:referral_id>")
def show(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Where it stands and what the team wrote."""
    return _page(referral_id, "sent/show.html", "sent.opened")


@sent.get("/<uuid:referral_id>/print")
def paper(referral_id: uuid.UUID) -> ResponseReturnValue:
    """The same on paper, for the record."""
    return _page(referral_id, "sent/paper.html", "sent.printed")


@sent.route("/<uuid:referral_id>/withdraw", methods=["GET", "POST"])
def take_back(referral_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why, then withdraw it."""
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        READ_SENT.require(actor, referral)
        form = TakeBackForm(version=referral.version)
        if not form.validate_on_submit():
            return page("sent/take_back.html", form=form, referral=referral)

        def effect() -> str:
            require_version(referral, form.version.data)
            cancelling.cancel(actor, referral, form.reason.data, form.words.data)
            flash("Withdrawn. The team has been told")
            return url_for(".show", referral_id=referral_id)

        where = once(form.submission(actor), effect)
    return redirect(where, 303)


def _page(referral_id: uuid.UUID, template: str, act: str) -> ResponseReturnValue:
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        READ_SENT.require(actor, referral)
        steps = [one for one in referrals.history(referral) if one.kind in STEPS]
        audit.record(actor, act, referral)
        written = letters.of(referral)
        fresh = {one.id for one in written.rows if one.read_at is None}
        messages.open_all(written.rows)
        return page(
            template,
            referral=referral,
            who=entries([referral.person], lambda row: row.identity)[0],
            letters=written,
            fresh=fresh,
            steps=entries(steps, lambda row: row.words),
            step_words=STEPS,
            with_words=WORDS_FOR_REFERRER,
            user_names=names.of_users([one.user_id for one in steps]),
            agency_names=names.of_agencies(
                [referral.to_agency_id, *(one.agency_id for one in steps)]
            ),
            reason=reason_words(referral.reason_code),
            may_take_back=TAKE_BACK.allows(actor, referral),
        )
