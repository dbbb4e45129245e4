"""The times of a service: add one, take one away."""

import uuid

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.identity.login import current_actor
from app.ui.forms import VersionedForm
from app.ui.pages import page
from directory import policy
from directory.actions.topics.times import Times
from directory.blueprint import bp
from directory.forms.session import SessionForm
from directory.models.schedule import Repeat
from directory.queries import service as services
from directory.views.keeping import save
from directory.views.preview import preview

MOST = 30


@bp.route("/mine/<uuid:service_id>/times", methods=["GET", "POST"])
def times(service_id: uuid.UUID) -> ResponseReturnValue:
    """List the times; add one."""
    actor = current_actor()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        shown = ""
        form = SessionForm(version=service.version, repeat=Repeat.WEEKLY)
        now = Times.of(service).sessions
        here = url_for(".times", service_id=service_id)
        if form.validate_on_submit():
            more = Times([*now, form.to_session()][:MOST])
            if "preview" in request.form:
                shown = preview(service, more)
            elif saved := save(actor, service, form, more, here):
                return saved
        return page(
            "directory/times.html",
            form=form,
            service=service,
            sessions=now,
            preview=shown,
            one_button=VersionedForm,
        )


@bp.post("/mine/<uuid:service_id>/times/<int:position>/removal")
def remove_time(service_id: uuid.UUID, position: int) -> ResponseReturnValue:
    """Take one time away."""
    actor = current_actor()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        form = VersionedForm(version=service.version)
        now = Times.of(service).sessions
        here = url_for(".times", service_id=service_id)
        if form.validate_on_submit():
            rest = Times(now[:position] + now[position + 1 :])
            if saved := save(actor, service, form, rest, here):
                return saved
        return page("directory/again.html", form=form, service=service, back=".times")
