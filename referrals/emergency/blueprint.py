"""Emergencies, under /emergency, offered where nobody was found."""

from flask import Blueprint

from app.ui.changed import leads_back
from app.ui.doors import signed_in
from referrals.caseload import panels
from referrals.emergency.policy import BREAK_GLASS

bp = signed_in(
    Blueprint("emergency", __name__, url_prefix="/emergency", template_folder="templates")
)
leads_back(bp, "emergency.ask")
panels.offer_otherwise(
    panels.Otherwise(
        "Is somebody in danger, and another team may know them?",
        "Open a record in an emergency",
        "emergency.ask",
        BREAK_GLASS,
    )
)
