"""For somebody who has signed in and whom no agency knows yet."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import session, transaction
from app.identity.actions import arrival
from app.identity.actions.arrival import Visitor
from app.identity.blueprint import bp
from app.identity.forms.people import JoinForm
from app.identity.login import NotYetApproved, SignInNeeded, opened_session
from app.identity.models.agency import Agency
from app.identity.models.user import UserStatus
from app.identity.queries import user as users
from app.ui.doors import public
from app.ui.pages import page


@bp.route("/account/waiting", methods=["GET", "POST"])
@public  # there is no actor yet
def waiting() -> ResponseReturnValue:
    """Say which agency one works for, then wait for its administrator."""
    found = opened_session()
    if found is None or found.user_id is None:
        raise SignInNeeded("Sign in first")
    visitor = Visitor(found.user_id, found.agency_id if found.actor else None)
    with transaction(visitor):
        user = users.get(visitor.user_id)
        form = JoinForm()
        form.agency.choices = [(one.id, one.name) for one in users.agencies_open_to(user)]
        if form.validate_on_submit():
            agency = session.get_one(Agency, form.agency.data)
            arrival.ask_to_join(visitor, user, agency)
            return redirect(url_for(".waiting"), 303)
        asked = user.wanted_agency_id and session.get(Agency, user.wanted_agency_id)
        suspended = user.status == UserStatus.SUSPENDED
        return page("identity/waiting.html", form=form, asked=asked, suspended=suspended)


@bp.app_errorhandler(NotYetApproved)
def not_yet_approved(error: NotYetApproved) -> ResponseReturnValue:
    """Send them to the page where they wait; what cannot be sent there is refused."""
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("identity.waiting"), 303)
    return render_template(
        "identity/refused.html", message=error.message, reference="", still_in=False
    ), 403
