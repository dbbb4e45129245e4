"""The provider's pages and endpoints."""

import secrets
import time
from typing import Any

from authlib.common.urls import add_params_to_uri
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2 import OAuth2Error
from flask import Blueprint, Flask, Response, jsonify, render_template, request, session
from flask.typing import ResponseReturnValue

from app.demonstration.provider.picker import grouped, must_choose_again
from app.demonstration.provider.provider import DemonstrationProvider

HEADERS = {
    # No form-action: browsers apply it to the redirect that takes the code back.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app(provider: DemonstrationProvider) -> Flask:
    """The provider as a WSGI application."""
    app = Flask(__name__)
    app.secret_key = secrets.token_bytes(32)
    app.config.update(SESSION_COOKIE_NAME="demonstration-provider", SESSION_COOKIE_SAMESITE="Lax")
    app.register_blueprint(endpoints(provider, provider.protocol(app)))

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    return app


def endpoints(provider: DemonstrationProvider, server: AuthorizationServer) -> Blueprint:
    """Every address of one provider."""
    bp = Blueprint("provider", __name__)
    bp.add_url_rule(
        "/.well-known/openid-configuration", "metadata", lambda: jsonify(provider.metadata())
    )
    bp.add_url_rule("/jwks", "jwks", lambda: jsonify(provider.keys.public()))
    bp.add_url_rule("/token", "token", server.create_token_response, methods=["POST"])

    @bp.route("/userinfo", methods=["GET", "POST"])
    def userinfo() -> ResponseReturnValue:
        answer: Response = server.create_endpoint_response("userinfo")
        return answer

    @bp.route("/authorize", methods=["GET", "POST"])
    def authorize() -> ResponseReturnValue:
        return _authorize(provider, server)

    @bp.route("/logout", methods=["GET", "POST"])
    def logout() -> ResponseReturnValue:
        return _logout(server)

    return bp


def _authorize(provider: DemonstrationProvider, server: AuthorizationServer) -> ResponseReturnValue:
    chosen = request.form.get("subject") if request.method == "POST" else None
    if chosen in provider.people:
        session.update(subject=chosen, sid=secrets.token_urlsafe(16), auth_time=int(time.time()))
    person = provider.people.get(session.get("subject", ""))
    try:
        if must_choose_again(request.values, session.get("auth_time", 0)):
            person = provider.people.get(chosen or "")
        grant = server.get_consent_grant(end_user=person)
    except OAuth2Error as error:
        return _refusal(provider, server, error)
    if person is None or (grant.prompt and not chosen):
        return render_template("provider/choose.html", groups=grouped(provider.people.values()))
    answer: Response = server.create_authorization_response(grant_user=person, grant=grant)
    return answer


def _refusal(
    provider: DemonstrationProvider, server: AuthorizationServer, error: Any
) -> ResponseReturnValue:
    if not error.redirect_uri:
        words = error.description or error.error
        return render_template("provider/refused.html", words=words), 400
    answer: Response = server.handle_error_response(None, error)
    answer.location = add_params_to_uri(answer.location, {"iss": provider.issuer})
    return answer


def _logout(server: AuthorizationServer) -> ResponseReturnValue:
    try:
        asked = server.validate_endpoint_request("end_session")
    except OAuth2Error as error:
        return render_template("provider/refused.html", words=error.description), 400
    if asked.needs_confirmation and request.method == "GET":
        return render_template("provider/confirm.html")
    answer: Response | None = server.create_endpoint_response("end_session", asked)
    return answer or render_template("provider/signed_out.html")
