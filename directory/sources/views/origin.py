"""Where each field of a listing comes from, and who wins."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory.importing.plan import RULE
from directory.queries import service as services
from directory.sources import policy
from directory.sources.actions import origin as actions
from directory.sources.blueprint import bp
from directory.sources.queries import origin as queries


@bp.route("/mine/<uuid:service_id>/origins", methods=["GET", "POST"])
def origins(service_id: uuid.UUID) -> ResponseReturnValue:
    """Each field: who says it. A held one can be given back to its source."""
    actor = current_actor()
    form = SecureForm()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP_SOURCES.require(actor)
        if not form.validate_on_submit():
            found = queries.of_service(service_id)
            return page(
                "sources/origins.html",
                form=form,
                service=service,
                origins=found,
                rule=RULE,
                one_button=SecureForm,
            )

        def effect() -> str:
            field = request.form.get("field", "")
            actions.give_back(actor, service, field)
            flash(f"{field.replace('_', ' ').capitalize()} follows its source again")
            return url_for(".origins", service_id=service_id)

        return redirect(once(form.submission(actor), effect), 303)
