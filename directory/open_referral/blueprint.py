"""Open data at a stable address, for machines and other sites, and a page for people about it."""

from flask import Blueprint, Response, jsonify, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from app.core.errors import NotFound
from app.ui.doors import public

PREFIX = "/open-referral/v3"
bp = public(Blueprint("open_referral", __name__, url_prefix=PREFIX))
about = public(Blueprint("reuse", __name__, url_prefix="/directory", template_folder="templates"))

# Any page of any site may read this: it is public, and no cookie is looked at.
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Expose-Headers": "ETag, Last-Modified",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@bp.record_once
def speak_json(state: BlueprintSetupState) -> None:
    """Have every error under this address answered as JSON, also where nothing is."""
    state.app.config.setdefault("JSON_UNDER", []).append(PREFIX)


@bp.after_app_request
def share(response: Response) -> Response:
    """Let other sites read every answer from here, refusals included."""
    if request.path.startswith(PREFIX):
        response.headers.update(SHARED)
    return response


@bp.errorhandler(ValidationError)
def say_what_to_do(error: ValidationError) -> ResponseReturnValue:
    """Refuse parameters that cannot be understood: 400, by name, with what to give instead."""
    wrong = {name: " ".join(words) for name, words in error.normalized_messages().items()}
    advice = "Mend these parameters, or leave them out, and ask again."
    return jsonify(status=400, error="Not understood", advice=advice, parameters=wrong), 400


@bp.errorhandler(NotFound)
def say_there_is_none(error: NotFound) -> ResponseReturnValue:
    """Say as JSON that there is no such record."""
    advice = "Take ids from the lists. Services are not taken away: they change their status."
    return jsonify(status=404, error=error.message, advice=advice), 404
