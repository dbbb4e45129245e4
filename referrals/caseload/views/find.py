"""Find a person on a caseload."""

from flask import request
from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.core.sealing import entries
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.caseload import panels, policy
from referrals.caseload.blueprint import bp
from referrals.caseload.forms.find import FindForm
from referrals.caseload.queries import find as finding
from referrals.caseload.queries import lines
from referrals.caseload.views.index import whose_of
from referrals.record.queries import names


@bp.route("/find", methods=["GET", "POST"])
def find() -> ResponseReturnValue:
    """Ask, and show who was found below the question."""
    actor = current_actor()
    policy.SEE_CASELOAD.require(actor)
    form = FindForm()
    with transaction(actor):
        found, holders = None, {}
        if form.validate_on_submit():
            whose = whose_of(actor, request.args.get("whose", ""))
            found = entries(finding.find(actor, whose, form.wanted()), lines.line)
            holders = names.of_users(one.row.link_worker_id for one in found)
            audit.record(actor, "caseload.searched")
            audit.shown(actor, "caseload.found", [one.row.person_id for one in found])
        ways = panels.otherwise(actor)
        return page("caseload/find.html", form=form, found=found, holders=holders, otherwise=ways)
