"""The pages of a coordinator, under /inbox."""

from flask import Blueprint

from app.ui import navigation
from app.ui.changed import leads_back
from app.ui.doors import signed_in
from referrals.inbox.policy import READ_INBOX

bp = signed_in(Blueprint("inbox", __name__, url_prefix="/inbox", template_folder="templates"))
leads_back(bp, "inbox.show", "inbox.index")
navigation.add(
    "Inbox",
    "inbox.index",
    permission=READ_INBOX,
    about="Referrals sent to your services: answer them, and say what happened",
    order=40,
    first_for=("coordinator",),
)
