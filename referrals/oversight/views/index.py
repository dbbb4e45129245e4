"""What waits for the privacy officer."""

from flask.typing import ResponseReturnValue

from app.core import audit
from app.core.db import transaction
from app.identity.login import current_actor
from app.ui.pages import page
from referrals.oversight import policy
from referrals.oversight.blueprint import bp
from referrals.oversight.forms.judge import RecordForm
from referrals.oversight.queries import emergencies, unusual
from referrals.record.queries import names


@bp.get("/")
def index() -> ResponseReturnValue:
    """Emergencies to judge, the oldest first; how much unusual access; ask for a record."""
    actor = current_actor()
    policy.OVERSEE.require(actor)
    with transaction(actor):
        found = emergencies.page(actor, judged=False)
        audit.record(actor, "oversight.viewed")
        return page(
            "oversight/index.html",
            rows=found.rows,
            more=found.more,
            due=emergencies.due,
            unusual=unusual.waiting(actor),
            user_names=names.of_users(one.user_id for one, _review in found.rows),
            record_form=RecordForm(formdata=None),
        )
