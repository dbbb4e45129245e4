"""The privacy officer's pages under /oversight, and the person's log under /caseload."""

from flask import Blueprint

from app.ui import navigation
from app.ui.changed import leads_back
from app.ui.doors import signed_in
from referrals.caseload import panels
from referrals.emergency.words import why_words
from referrals.oversight.policy import OVERSEE, SEE_LOG
from referrals.oversight.words import BECAUSE, KINDS, deed_words, kind_words

bp = signed_in(
    Blueprint("oversight", __name__, url_prefix="/oversight", template_folder="templates")
)
log = signed_in(Blueprint("log", __name__, url_prefix="/caseload", template_folder="templates"))
leads_back(bp, "oversight.emergency", "oversight.line", "oversight.index")
bp.add_app_template_filter(deed_words)
bp.add_app_template_filter(kind_words)
bp.add_app_template_filter(why_words)
navigation.add(
    "Oversight",
    "oversight.index",
    permission=OVERSEE,
    about="Emergencies to judge, unusual access, who has seen a record",
    order=70,
    first_for=("privacy officer",),
)
panels.offer(
    panels.Link(panels.ON_REFERRAL, "Who has seen this record", "log.show", SEE_LOG, order=90)
)


@bp.context_processor
def _words() -> dict[str, object]:
    return {"because": BECAUSE, "kinds": KINDS}
