"""Signing out, here and then at the provider."""

import structlog
from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.identity.actions import arrival
from app.identity.actions.arrival import Visitor
from app.identity.blueprint import bp
from app.identity.login import opened_session, stored_session
from app.identity.oidc import providers
from app.identity.oidc.refusals import SignInRefused
from app.identity.queries import user as users
from app.identity.queries.web_session import Opened
from app.identity.views.onward import public_address
from app.ui.doors import public
from app.ui.forms import SecureForm
from app.ui.pages import page

log = structlog.get_logger()


@bp.route("/sign-out", methods=["GET", "POST"])
@public
def sign_out() -> ResponseReturnValue:
    """Ask, then end the session and go on to the provider's own sign-out.

    The way there is a Refresh and not a redirect: browsers apply our rule about where forms
    may lead to every redirect after one.
    """
    found = opened_session()
    if found is None:
        return redirect(url_for(".signed_out"), 303)
    form = SecureForm()
    if not form.validate_on_submit():
        return page("identity/sign_out.html", form=form)
    _note(found)
    address = _provider_address(found)
    stored_session().sign_out()
    response = make_response(_said(address))
    if address:
        response.headers["Refresh"] = f"0; url={address}"
    return response


@bp.get("/signed-out")
@public
def signed_out() -> ResponseReturnValue:
    """Where a provider sends the browser after signing it out."""
    return _said(None)


def _said(address: str | None) -> str:
    return render_template("identity/signed_out.html", address=address, actor=None)


def _note(found: Opened) -> None:
    assert found.user_id is not None
    visitor = Visitor(found.user_id, found.agency_id)
    with transaction(visitor):
        arrival.note(visitor, "ended", users.get(found.user_id))


def _provider_address(found: Opened) -> str | None:
    hint, home = stored_session().hint(), public_address(".signed_out")
    for provider in providers.every():
        if provider.name == found.provider:
            try:
                with provider.talking():
                    return provider.logout_address(hint, home)
            except SignInRefused as error:  # signed out here all the same
                log.warning("sign_out.provider", code=error.code)
    return None
