"""Open data at a stable address, for machines and other sites, and a page for people about it."""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from app.core.errors import NotFound
from app.ui.doors import public

bp = public(Blueprint("open_referral", __name__, url_prefix="/open-referral/v3"))
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


@bp.after_request
def share(response: Response) -> Response:
    """Let other sites read every answer, refusals included."""
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
