"""The place of the caseload in the application."""

from flask import Blueprint

from app.ui import navigation
from app.ui.changed import leads_back
from app.ui.doors import signed_in
from referrals.caseload import policy
from referrals.record.queries import story
from referrals.record.words import step_words

bp = signed_in(Blueprint("caseload", __name__, url_prefix="/caseload", template_folder="templates"))
leads_back(bp, "caseload.show", "caseload.index", latest=story.latest)
bp.add_app_template_filter(step_words)
navigation.add(
    "Caseload",
    "caseload.index",
    permission=policy.SEE_CASELOAD,
    about="What to do next, and by when",
    order=30,
    first_for=("link worker",),
)
