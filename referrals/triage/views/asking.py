"""How every form of triage and of the caseload begins: who it is about, and that it was seen."""

from typing import Any

from app.core import audit
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
