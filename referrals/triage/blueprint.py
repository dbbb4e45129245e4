"""The place of triage in the application."""

from flask import Blueprint

from app.ui import navigation
from app.ui.doors import signed_in
from referrals.triage import policy

bp = signed_in(Blueprint("triage", __name__, url_prefix="/triage", template_folder="templates"))
navigation.add(
    "Triage",
    "triage.queue",
    permission=policy.SEE_QUEUE,
    about="What has been sent to the team and waits for an answer",
    order=20,
    first_for=("team lead",),
)
