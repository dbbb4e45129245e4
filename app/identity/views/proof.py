"""Proving again who one is, for an act that needs a young or a stronger sign-in."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from app.core.errors import Conflict, NotFound
from app.identity import assurance
from app.identity.blueprint import bp
from app.identity.login import SignInNeeded, opened_session
from app.identity.oidc import flow, providers
from app.identity.oidc.flow import Wanted
from app.identity.views.onward import own_page, public_address
from config.acts import Act


@bp.get("/account/proof/<act>")
def prove(act: str) -> ResponseReturnValue:
    """Send the browser to the provider it came from, and then back to the act."""
    found = opened_session()
    if found is None:
        raise SignInNeeded("Sign in first")
    need = assurance.need_for(_act(act))
    wanted = Wanted(own_page(request.args.get("next")), need, found.subject)
    try:
        provider = providers.named(found.provider)
    except NotFound:
        raise Conflict("The way you signed in has gone. Sign out, then sign in again.") from None
    back = public_address(".come_back", name=provider.name)
    return redirect(flow.begin(provider, back, wanted), 303)


def _act(named: str) -> Act:
    try:
        return Act(named.replace("-", " "))
    except ValueError:
        raise NotFound("There is no such act") from None
