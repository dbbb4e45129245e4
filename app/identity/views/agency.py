"""Which agency somebody acts for, when they belong to several."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.identity.actions import arrival
from app.identity.actions.arrival import Visitor
from app.identity.actor import Actor
from app.identity.blueprint import bp
from app.identity.forms.people import ChooseAgencyForm
from app.identity.login import SignInNeeded, opened_session, stored_session
from app.identity.queries import user as users
from app.identity.views.onward import own_page
from app.ui.doors import public
from app.ui.pages import page
from app.ui.words import and_list, role_words


@bp.route("/account/agency", methods=["GET", "POST"])
@public  # the gate asks for an actor, and there is none before this is answered
def choose_agency() -> ResponseReturnValue:
    """Choose the agency to act for; every form opened before is then out of date."""
    found = opened_session()
    if found is None:
        raise SignInNeeded("Sign in to choose an agency")
    onward = own_page(request.args.get("next"))
    if not found.acting_for:
        return redirect(url_for(".waiting"), 303)
    form = ChooseAgencyForm()
    form.agency.choices = [(one.agency_id, one.agency_name) for one in found.acting_for]
    if form.validate_on_submit() and form.agency.data:
        visitor = Visitor(found.acting_for[0].user_id, form.agency.data)
        with transaction(visitor):
            arrival.note(visitor, "acts_for_agency", users.get(visitor.user_id))
        stored_session().act_for(form.agency.data)
        return redirect(onward, 303)
    form.agency.data = form.agency.data or found.agency_id
    hints = {str(one.agency_id): _roles(one) for one in found.acting_for}
    return page("identity/agency.html", form=form, hints=hints)


def _roles(actor: Actor) -> str:
    return and_list([role_words(role) for role in sorted(actor.roles)]).capitalize()
