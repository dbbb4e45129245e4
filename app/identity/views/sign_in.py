"""Signing in: choose a provider, go there, come back."""

import structlog
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import NOBODY, transaction
from app.identity.actions import arrival
from app.identity.actions.arrival import Visitor
from app.identity.actions.web_session import SignedIn
from app.identity.blueprint import bp
from app.identity.login import opened_session, stored_session
from app.identity.models.user import User, UserStatus
from app.identity.oidc import flow, providers
from app.identity.oidc.flow import Identity
from app.identity.oidc.refusals import ProviderUnreachable, SignInRefused
from app.identity.queries import user as users
from app.identity.views.onward import own_page, public_address
from app.ui.doors import public

log = structlog.get_logger()


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The ways to sign in; straight on when there is only one."""
    onward = own_page(request.args.get("next"))
    if opened_session():
        return redirect(onward, 303)
    ways = [one.settings for one in providers.every()]
    if len(ways) == 1:
        return redirect(url_for(".sign_in_with", name=ways[0].name, next=onward), 303)
    return render_template("identity/sign_in.html", ways=ways, onward=onward)


@bp.get("/sign-in/<name>")
@public
def sign_in_with(name: str) -> ResponseReturnValue:
    """Send the browser to a provider."""
    onward = own_page(request.args.get("next"))
    more = {"prompt": "login"} if request.args.get("afresh") else {}
    back = public_address(".come_back", name=name)
    return redirect(flow.begin(providers.named(name), back, onward, **more), 303)


@bp.get("/sign-in/<name>/callback")
@public
def come_back(name: str) -> ResponseReturnValue:
    """Judge what the provider says, and begin a session for whoever it is."""
    found = flow.finish(providers.named(name), request.args)
    with transaction(NOBODY):
        user = arrival.arrive(found.issuer, found.subject, found.name, found.email)
        agencies = users.agencies_of(user) if user.status == UserStatus.ACTIVE else []
    _begin(name, found, user, Visitor(user.id, agencies[0].id if len(agencies) == 1 else None))
    return redirect(found.next, 303)


def _begin(name: str, found: Identity, user: User, visitor: Visitor) -> None:
    with transaction(visitor):
        arrival.note(visitor, "began", user)
    who = SignedIn(
        user_id=user.id,
        agency_id=visitor.agency_id,
        provider=name,
        issuer=found.issuer,
        subject=found.subject,
        provider_session=found.provider_session,
    )
    stored_session().sign_in(who, hint=found.id_token)


@bp.app_errorhandler(SignInRefused)
def refused(error: SignInRefused) -> ResponseReturnValue:
    """A page with plain words and a reference; the log holds the code."""
    log.warning("sign_in.refused", code=error.code, detail=error.detail)
    reference = structlog.contextvars.get_contextvars().get("request_id", "")
    status = 424 if isinstance(error, ProviderUnreachable) else 400
    page = render_template("identity/refused.html", message=error.message, reference=reference)
    return page, status
