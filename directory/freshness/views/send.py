"""Sending a link to the address that a listing publishes, for whoever reads mail there."""

import uuid

from flask.typing import ResponseReturnValue

from app.core.db import NOBODY, transaction
from app.ui.doors import rarely
from app.ui.forms import OpenForm
from app.ui.pages import page
from directory.freshness.actions import mailing
from directory.freshness.blueprint import bp
from directory.queries import service as services


@bp.route("/<uuid:service_id>/link", methods=["GET", "POST"])
@rarely
def send(service_id: uuid.UUID) -> ResponseReturnValue:
    """Say where a link would go; send it there and nowhere else."""
    form = OpenForm()
    with transaction(NOBODY):
        service = services.get(service_id)
        sent = form.validate_on_submit()
        if sent:
            mailing.ask_for_link(service)
        has_address = bool(mailing.address_of(service))
        return page(
            "freshness/send.html", form=form, service=service, sent=sent, has_address=has_address
        )
