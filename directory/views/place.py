"""The places of a service: add one, mend one, take one away."""

import uuid

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.login import current_actor
from app.ui.forms import VersionedForm
from app.ui.pages import page
from directory import policy
from directory.actions.topics.places import Place, Places
from directory.blueprint import bp
from directory.forms.place import PlaceForm
from directory.models.service import Service
from directory.queries import service as services
from directory.views.keeping import save
from directory.views.preview import preview


@bp.get("/mine/<uuid:service_id>/places")
def places(service_id: uuid.UUID) -> ResponseReturnValue:
    """List the places."""
    actor = current_actor()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        return page(
            "directory/places.html",
            service=service,
            places=Places.of(service).places,
            one_button=VersionedForm,
        )


@bp.route("/mine/<uuid:service_id>/places/new", methods=["GET", "POST"])
def new_place(service_id: uuid.UUID) -> ResponseReturnValue:
    """Add a place."""
    actor = current_actor()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        form = PlaceForm.of(Place(""), service.version)
        if form.validate_on_submit():
            more = Places([*Places.of(service).places, form.to_place()])
            if answer := _previewed_or_saved(actor, service, form, more, None):
                return answer
        return page("directory/place.html", form=form, service=service, place=None, preview="")


@bp.route("/mine/<uuid:service_id>/places/<uuid:location_id>", methods=["GET", "POST"])
def place(service_id: uuid.UUID, location_id: uuid.UUID) -> ResponseReturnValue:
    """Mend a place."""
    actor = current_actor()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        now = _place(service, location_id)
        form = PlaceForm.of(now, service.version)
        if form.validate_on_submit():
            mended = form.to_place(now.id)
            places = [mended if one.id == now.id else one for one in Places.of(service).places]
            if answer := _previewed_or_saved(actor, service, form, Places(places), now):
                return answer
        return page("directory/place.html", form=form, service=service, place=now, preview="")


@bp.post("/mine/<uuid:service_id>/places/<uuid:location_id>/removal")
def remove_place(service_id: uuid.UUID, location_id: uuid.UUID) -> ResponseReturnValue:
    """Take a place away from this service; it stays the organisation's."""
    actor = current_actor()
    with transaction(actor):
        service = services.kept(actor, service_id)
        policy.KEEP.require(actor, service.organisation)
        form = VersionedForm(version=service.version)
        if form.validate_on_submit():
            rest = [one for one in Places.of(service).places if one.id != str(location_id)]
            if saved := save(actor, service, form, Places(rest), _list(service)):
                return saved
        return page("directory/again.html", form=form, service=service, back=".places")


def _previewed_or_saved(
    actor: Actor, service: Service, form: PlaceForm, value: Places, place: Place | None
) -> ResponseReturnValue | None:
    """Whichever button was pressed; None when somebody else changed the listing meanwhile."""
    if "preview" not in request.form:
        return save(actor, service, form, value, _list(service))
    shown = preview(service, value)
    return page("directory/place.html", form=form, service=service, place=place, preview=shown)


def _list(service: Service) -> str:
    return url_for(".places", service_id=service.id)


def _place(service: Service, location_id: uuid.UUID) -> Place:
    for one in Places.of(service).places:
        if one.id == str(location_id):
            return one
    raise NotFound("There is no such place")
