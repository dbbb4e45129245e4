"""How every form of the caseload begins and ends: who it is about; done once, and back."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from werkzeug import Response

from app.core import audit
from app.core.idempotency import once
from app.identity.actor import Actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from referrals.record.models.referral import Referral
from referrals.record.queries import portrait


def ask(
    actor: Actor, referral: Referral, template: str, form: SecureForm, **context: Any
) -> tuple[str, int]:
    """Show a form about a person; that it was seen is in the audit trail."""
    audit.record(actor, "referral.viewed", referral, reason=template)
    who = portrait.identity(referral)
    return page(template, form=form, referral=referral, who=who, **context)


def save(
    actor: Actor, referral: Referral, form: SecureForm, act: Callable[[], object], said: str
) -> Response:
    """Do it unless this very form did it before, then show the referral."""

    def effect() -> str:
        act()
        flash(said)
        return url_for("caseload.show", referral_id=referral.id)

    return redirect(once(form.submission(actor), effect), 303)
