"""Quality checks, and what referrals may carry."""

from flask import Blueprint

from app.ui import navigation
from app.ui.doors import signed_in
from directory.standing import policy

bp = signed_in(
    Blueprint("standing", __name__, url_prefix="/directory", template_folder="templates")
)

navigation.add(
    "What referrals carry",
    "standing.profiles",
    permission=policy.SET_DISCLOSURE,
    about="Which details a referral to each kind of service may carry",
    order=67,
)
