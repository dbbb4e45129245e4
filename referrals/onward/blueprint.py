"""The pages of a team that refers on, under /onward, and its place on a referral's page."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, url_for

from app.identity.actor import Actor
from app.ui.changed import leads_back
from app.ui.doors import signed_in
from referrals.caseload import panels
from referrals.onward.policy import FOLLOW, SEND_ON
from referrals.onward.queries import summary
from referrals.onward.queries.summary import Summary
from referrals.record.models.referral import Referral
from referrals.record.queries import story

bp = signed_in(Blueprint("onward", __name__, url_prefix="/onward", template_folder="templates"))
leads_back(bp, "onward.show", "onward.overview", latest=story.latest)


def _read(_actor: Actor, referral: Referral) -> Summary:
    return summary.of(referral)


panels.add(panels.Panel("onward", "Referred on", "onward/panel.html", _read, order=20))
panels.offer(panels.Link(panels.ON_NEED, "Find a service", "onward.find", SEND_ON, order=10))
panels.offer(panels.Link(panels.ON_REFERRAL, "Find a service", "onward.find", FOLLOW, order=20))


def home(referral_id: UUID) -> str:
    """The page of the referral that everything here belongs to."""
    return url_for("caseload.show", referral_id=referral_id)


@bp.context_processor
def _home() -> dict[str, Callable[[UUID], str]]:
    return {"home": home}
