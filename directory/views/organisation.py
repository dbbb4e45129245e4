"""Organisations: a curator adds them, their keepers keep them right and add services."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.idempotency import once
from app.identity.login import current_actor
from app.ui.forms import SecureForm
from app.ui.pages import page
from directory import policy
from directory.actions import organisation as actions
from directory.actions.topics.description import Description
from directory.blueprint import bp
from directory.curation.actions import proposal
from directory.forms.description import DescriptionForm
from directory.forms.organisation import OrganisationForm
from directory.models.service import ServiceStatus
from directory.queries import agencies, editor
from directory.queries import organisation as queries
from directory.queries import service as services

ADDED = "Service added. Now say who it is for, when and where"
ADDED_AND_WAITS = (
    "Service added. People find it when the directory's curator has looked at it. "
    "Meanwhile say who it is for, when and where"
)


@bp.get("/organisations")
def organisations() -> ResponseReturnValue:
    """All organisations, in the order of their names."""
    actor = current_actor()
    policy.ADD_ORGANISATION.require(actor)
    with transaction(actor):
        found = queries.by_name(request.args.get("after", type=uuid.UUID))
        following = found[-1].id if len(found) == queries.PAGE else None
        return page("directory/organisations.html", organisations=found, following=following)


@bp.route("/organisations/new", methods=["GET", "POST"])
def new_organisation() -> ResponseReturnValue:
    """Add an organisation, and say which agency it is."""
    actor = current_actor()
    policy.ADD_ORGANISATION.require(actor)
    with transaction(actor):
        form = OrganisationForm()
        form.agency.choices = agencies.without_organisation()
        if not form.validate_on_submit():
            return page("directory/organisation_new.html", form=form)

        def effect() -> str:
            agency_id = uuid.UUID(form.agency.data) if form.agency.data else None
            made = actions.add(actor, form.to_draft(), agency_id)
            flash("Organisation added")
            return url_for(".organisation", organisation_id=made.id)

        return redirect(once(form.submission(actor), effect), 303)


@bp.get("/organisations/<uuid:organisation_id>")
def organisation(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """An organisation and its services, for those who keep them."""
    actor = current_actor()
    with transaction(actor):
        found = queries.kept(actor, organisation_id)
        policy.KEEP.require(actor, found)
        return page(
            "directory/organisation.html",
            organisation=found,
            services=services.of_organisation(found.id),
            curates=policy.ADD_ORGANISATION.allows(actor, found),
            one_button=SecureForm,
        )


@bp.route("/organisations/<uuid:organisation_id>/services/new", methods=["GET", "POST"])
def new_service(organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Add a service with its name and words; the other topics follow, a page each."""
    actor = current_actor()
    with transaction(actor):
        found = queries.kept(actor, organisation_id)
        policy.KEEP.require(actor, found)
        form = DescriptionForm(version=0)
        if not form.validate_on_submit():
            waits = not editor.publishes(actor, found)
            return page("directory/service_new.html", form=form, organisation=found, waits=waits)

        def effect() -> str:
            made = proposal.offer(actor, found, form.to_topic(Description("", "")))
            flash(ADDED if made.status == ServiceStatus.ACTIVE else ADDED_AND_WAITS)
            return url_for(".listing", service_id=made.id)

        return redirect(once(form.submission(actor), effect), 303)
