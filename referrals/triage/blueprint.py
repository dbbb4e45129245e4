"""The place of triage in the application."""

from flask import Blueprint

from app.ui import navigation
from app.ui.changed import leads_back
from app.ui.doors import signed_in
from referrals.record.queries import story
from referrals.triage import policy

bp = signed_in(Blueprint("triage", __name__, url_prefix="/triage", template_folder="templates"))
leads_back(bp, "triage.judge", "triage.queue", latest=story.latest)
navigation.add(
    "Triage",
    "triage.queue",
    permission=policy.SEE_QUEUE,
    about="What has been sent to the team and waits for an answer",
    order=20,
    first_for=("team lead",),
)
