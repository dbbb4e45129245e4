"""A provider tells us, server to server, that somebody has signed out."""

import structlog
from flask import request
from flask.typing import ResponseReturnValue

from app.core.db import NOBODY, transaction
from app.identity.actions import logout_token, web_session
from app.identity.blueprint import bp
from app.identity.oidc import logout
from app.identity.oidc.refusals import SignInRefused
from app.ui.doors import public

log = structlog.get_logger()
NOT_KEPT = {"Cache-Control": "no-store"}


@bp.post("/sign-out/back-channel")
@public
def back_channel() -> ResponseReturnValue:
    """End the sessions that a logout token names (OpenID Connect Back-Channel Logout 1.0).

    Sent again it ends nothing: whoever has signed in since stays so.
    """
    try:
        ended = logout.believed(request.form.get("logout_token", ""))
    except SignInRefused as error:
        log.warning("logout_token.refused", code=error.code, detail=error.detail)
        return {"error": "invalid_request", "error_description": error.code}, 400, NOT_KEPT
    with transaction(NOBODY):
        if logout_token.is_first(ended.digest):
            web_session.end_of_provider(ended.issuer, ended.subject, ended.provider_session)
    return "", 200, NOT_KEPT
