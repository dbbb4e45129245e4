"""Where a referrer begins: a new referral, somebody known, or a draft."""

from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.refer import policy
from referrals.refer.blueprint import bp
from referrals.refer.forms.find import FindForm
from referrals.refer.queries import desk as desks
from referrals.refer.queries import draft as drafts


@bp.get("/")
def start() -> ResponseReturnValue:
    """Offer to begin, to find somebody, or to go on with a draft."""
    actor = current_actor()
    with transaction(actor):
        policy.REFER.require(actor)
        lines = drafts.drafts(actor)
        audit.shown(actor, "referral.drafts_listed", [one.row.person_id for one in lines])
        return page("refer/start.html", form=FindForm(), drafts=lines, desk=desks.of(actor))
