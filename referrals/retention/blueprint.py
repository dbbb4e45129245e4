"""How long records are kept, and their end (under /retention), for privacy officers."""

from flask import Blueprint

from app.ui import navigation
from app.ui.changed import leads_back
from app.ui.doors import signed_in
from referrals.retention import words
from referrals.retention.policy import SEE_KEPT

bp = signed_in(
    Blueprint("retention", __name__, url_prefix="/retention", template_folder="templates")
)
leads_back(bp, "retention.erasure", "retention.person", "retention.index")
navigation.add(
    "Retention",
    "retention.index",
    permission=SEE_KEPT,
    about="Records whose time is over, legal holds, and erasures that wait for you",
    order=70,
)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"rule_words": words.RULES, "hold_words": words.HOLDS}
