"""Signing in: choose a provider, go there, come back."""

import uuid

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
from app.identity.oidc import cis2, flow, providers
from app.identity.oidc.flow import Identity, Wanted
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
    return redirect(flow.begin(providers.named(name), back, Wanted(onward), **more), 303)


@bp.get("/sign-in/<name>/callback")
@public
def come_back(name: str) -> ResponseReturnValue:
    """Judge what the provider says, and begin a session for whoever it is."""
    found = flow.finish(providers.named(name), request.args)
    with transaction(NOBODY):
        user = arrival.arrive(found.issuer, found.subject, found.name, found.email)
        agencies = users.agencies_of(user) if user.status == UserStatus.ACTIVE else []
    if found.ods_code and agencies:
        cis2.require_agency(found.ods_code, [one.ods_code for one in agencies])
        agencies = [one for one in agencies if one.ods_code == found.ods_code]
    _begin(name, found, user, Visitor(user.id, _acting_for(user, [one.id for one in agencies])))
    return redirect(found.next, 303)


def _acting_for(user: User, agencies: list[uuid.UUID]) -> uuid.UUID | None:
    """The only agency, or the one they acted for when they were asked to sign in again."""
    if len(agencies) == 1:
        return agencies[0]
    before = opened_session()
    same = before is not None and before.user_id == user.id and before.agency_id in agencies
    return before.agency_id if before and same else None


def _begin(name: str, found: Identity, user: User, visitor: Visitor) -> None:
    with transaction(visitor):
        arrival.note(visitor, "began", user, how=f"{name} {found.acr}".rstrip())
    who = SignedIn(
        user_id=user.id,
        agency_id=visitor.agency_id,
        provider=name,
        issuer=found.issuer,
        subject=found.subject,
        provider_session=found.provider_session,
        proved_at=found.proved_at,
        acr=found.acr,
        ods_code=found.ods_code,
    )
    stored_session().sign_in(who, hint=found.id_token)


@bp.app_errorhandler(SignInRefused)
def refused(error: SignInRefused) -> ResponseReturnValue:
    """A page with plain words and a reference; the log holds the code."""
    log.warning("sign_in.refused", code=error.code, detail=error.detail)
    reference = structlog.contextvars.get_contextvars().get("request_id", "")
    status = 424 if isinstance(error, ProviderUnreachable) else 400
    page = render_template(
        "identity/refused.html",
        message=error.message,
        reference=reference,
        still_in=opened_session() is not None,
    )
    return page, status
