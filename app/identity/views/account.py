"""One's own account: where one may act, and the browsers in which one is signed in."""

import uuid

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.core import audit, clock
from app.core.db import transaction
from app.core.errors import NotFound
from app.identity import assurance
from app.identity.actions import web_session
from app.identity.blueprint import bp
from app.identity.login import current_actor, opened_session
from app.identity.queries import membership as memberships
from app.identity.queries import user as users
from app.ui.forms import SecureForm
from app.ui.pages import page
from config.acts import Act


@bp.get("/account")
def account() -> ResponseReturnValue:
    """Who one is here, and where one is signed in."""
    actor, found = current_actor(), opened_session()
    idle = current_app.session_interface.idle  # type: ignore[attr-defined]
    with transaction(actor):
        return page(
            "identity/account.html",
            form=SecureForm(),
            user=users.get(actor.user_id),
            acting_for=found.acting_for if found else (),
            here=found.id if found else None,
            live=memberships.live_sessions(actor.user_id, clock.now() - idle),
        )


@bp.post("/account/sessions/<uuid:session_id>/end")
def end_own_session(session_id: uuid.UUID) -> ResponseReturnValue:
    """Sign out one of one's own browsers."""
    actor, found = current_actor(), opened_session()
    if not SecureForm().validate_on_submit():
        return redirect(url_for(".account"), 303)
    if found and found.id == session_id:
        return redirect(url_for(".sign_out"), 303)
    assurance.require(actor, Act.END_SESSION)
    with transaction(actor):
        if not web_session.end_of_user(actor.user_id, session_id):
            raise NotFound("There is no such session")
        audit.record(actor, "session.ended_elsewhere", users.get(actor.user_id))
    flash("The other browser is signed out")
    return redirect(url_for(".account"), 303)
