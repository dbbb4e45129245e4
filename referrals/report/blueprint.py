"""The page of counts, under /counts."""

from flask import Blueprint

from app.ui import navigation
from app.ui.doors import signed_in
from referrals.report.policy import SEE_COUNTS

bp = signed_in(Blueprint("report", __name__, url_prefix="/counts", template_folder="templates"))
navigation.add(
    "Counts",
    "report.counts",
    permission=SEE_COUNTS,
    about="How far journeys come, and which needs nobody meets; never a person",
    order=70,
    first_for=("commissioner",),
)
