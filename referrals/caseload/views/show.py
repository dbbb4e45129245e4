"""One referral: everything a community referrer works from, on one page."""

import uuid

from flask.typing import ResponseReturnValue

from app.access import Permission
from app.core import audit
from app.core.db import transaction
from app.identity.login import current_actor
from app.ui.forms import VersionedForm
from app.ui.pages import page
from referrals.caseload import panels, policy
from referrals.caseload.blueprint import bp
from referrals.caseload.queries import work
from referrals.record.models.status import Status
from referrals.record.queries import names, portrait
from referrals.record.queries import referral as referrals


@bp.get("/<uuid:referral_id>")
def show(referral_id: uuid.UUID) -> ResponseReturnValue:
    """The page to work from."""
    return _page(referral_id, "caseload/show.html", "referral.viewed", policy.OPEN)


@bp.get("/<uuid:referral_id>/print")
def paper(referral_id: uuid.UUID) -> ResponseReturnValue:
    """The same, to be printed and taken along."""
    return _page(referral_id, "caseload/paper.html", "referral.printed", policy.PRINT)


def _page(
    referral_id: uuid.UUID, template: str, act: str, permission: Permission
) -> ResponseReturnValue:
    actor = current_actor()
    with transaction(actor):
        referral = referrals.get(actor, referral_id)
        permission.require(actor, referral)
        audit.record(actor, act, referral)
        done = work.of(referral)
        return page(
            template,
            referral=referral,
            portrait=portrait.of(referral),
            work=done,
            recorders=names.of_users(one.row.user_id for one in done.written),
            panels=list(panels.read(actor, referral, on_paper=permission is policy.PRINT)),
            need_links=panels.links(actor, referral, panels.ON_NEED),
            referral_links=panels.links(actor, referral, panels.ON_REFERRAL),
            may_print=policy.PRINT.allows(actor, referral),
            may_work=policy.KEEP_PLAN.allows(actor, referral),
            may_allocate=policy.SEE_COLLEAGUES.allows(actor) and referral.is_open,
            on_hold=referral.status == Status.ON_HOLD,
            resume=VersionedForm(version=referral.version, formdata=None),
        )
