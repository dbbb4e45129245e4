"""Changing a listing, one topic a page, with a preview."""

import uuid
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.identity.login import current_actor
from app.ui.pages import page
from directory import policy
from directory.blueprint import bp
from directory.forms.contact import ContactForm
from directory.forms.description import DescriptionForm, NeedsForm
from directory.forms.eligibility import EligibilityForm
from directory.forms.state import OpeningForm, StateForm
from directory.forms.topic import TopicForm
from directory.queries import needs
from directory.queries import service as services
from directory.views.keeping import save
from directory.views.preview import preview

FORMS: dict[str, type[TopicForm]] = {
    "description": DescriptionForm,
    "needs": NeedsForm,
    "eligibility": EligibilityForm,
    "contact": ContactForm,
    "state": StateForm,
    "opening": OpeningForm,
}


@bp.route("/mine/<uuid:service_id>/<any({}):slug>".format(",".join(FORMS)), methods=["GET", "POST"])
def topic(service_id: uuid.UUID, slug: str) -> ResponseReturnValue:
    """Show one topic; preview it, or save it and return to the listing."""
    actor = current_actor()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        form = FORMS[slug].of(service)
        if isinstance(form, NeedsForm):
            form.needs.choices = [
                (term.code, term.name) for group in needs.groups() for term in group.terms
            ]
        shown: dict[str, Any] = {"service_id": service_id, "name": service.name, "preview": ""}
        if form.validate_on_submit():
            value = form.to_topic(form.topic.of(service))
            if "preview" in request.form:
                shown["preview"] = preview(service, value)
            elif saved := save(actor, service, form, value):
                return saved
        return page("directory/topic.html", form=form, **shown)
