"""A draft in hand, and the pages it holds."""

import uuid
from dataclasses import dataclass

from flask import url_for

from app.core.errors import Conflict
from app.identity.actor import Actor
from directory import catalogue
from referrals.record.models.referral import Referral
from referrals.record.models.status import Status
from referrals.record.queries import referral as referrals
from referrals.refer import policy
from referrals.refer.forms.pages import Pages
from referrals.refer.models.desk import Desk
from referrals.refer.queries import desk as desks


@dataclass(frozen=True)
class Opened:
    """A draft with its pages and the desk of whoever fills it in."""

    draft: Referral
    desk: Desk
    pages: Pages

    def afresh(self) -> "Opened":
        """The same after something was kept."""
        return Opened(self.draft, self.desk, Pages(self.desk, self.pages.needs, self.draft))

    def href(self, name: str) -> str:
        """The address of one of its pages."""
        return url_for(f"refer.{name}", referral_id=self.draft.id)


def opened(actor: Actor, referral_id: uuid.UUID) -> Opened:
    """The draft, or the same 404 for what is absent and what is another agency's.

    Raises:
        Conflict: it was sent, or thrown away, already.
    """
    draft = referrals.get(actor, referral_id)
    policy.SEE_SENT.require(actor, draft)
    if draft.status != Status.DRAFT:
        raise Conflict("This is no longer a draft: it was sent or thrown away already.")
    policy.EDIT_DRAFT.require(actor, draft)
    desk = desks.of(actor)
    return Opened(draft, desk, Pages(desk, catalogue.terms(), draft))
