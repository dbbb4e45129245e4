"""How every form of the caseload ends: done once, and back to the referral."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from werkzeug import Response

from app.core.idempotency import once
from app.identity.actor import Actor
from app.ui.forms import SecureForm
from referrals.record.models.referral import Referral


def save(
    actor: Actor, referral: Referral, form: SecureForm, act: Callable[[], object], said: str
) -> Response:
    """Do it unless this very form did it before, then show the referral."""

    def effect() -> str:
        act()
        flash(said)
        return url_for("caseload.show", referral_id=referral.id)

    return redirect(once(form.submission(actor), effect), 303)
