"""Error pages: what happened, what to do, and a reference; never a trace.

A 404 holds no reference (it is in the X-Request-Id header), so that what is absent and what
belongs to somebody else are the same, byte for byte.
"""

import structlog
from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from app.web.causes import Cause, cause_of
from app.web.changed import changed_page
from app.web.here import here
from app.web.request_id import reference

log = structlog.get_logger()

BAD_REQUEST = 400
NOT_FOUND = 404
CHANGED = 409
# After these a form may be sent again as it was; its key sees that it counts once.
SEND_AGAIN = frozenset({429, 500, 503})
# status → what happened, what to do
WORDS = {
    400: ("We could not read that", "Go back to the page you came from and try again."),
    401: ("Sign in first", "Sign in, then open the page again."),
    403: (
        "You cannot do that",
        "If it is part of your work, ask an administrator of your agency for the role it needs.",
    ),
    404: (
        "Page not found",
        (
            "Check the address if you typed it. If you followed a link, what it led to may have "
            "ended, or may not be shared with the agency you are acting for."
        ),
    ),
    405: ("That cannot be done from here", "Go back and use the buttons on the page."),
    409: ("This has changed", "Open the page again to see it as it is now, then decide."),
    410: (
        "This record was erased",
        (
            "The time for which it had to be kept is over, and two privacy officers agreed. "
            "Nobody can open it any more. If the person comes again, refer them anew."
        ),
    ),
    413: ("That is too much to send at once", "Shorten what you typed and send it again."),
    415: ("We cannot read that kind of data", "Send it in the form the page asks for."),
    422: ("Something does not add up", "Go back and check your answers."),
    423: (
        "A sealed record does not open",
        (
            "Nothing was changed, and nothing can be written over it. "
            "Tell your administrator the reference."
        ),
    ),
    429: ("Too many tries", "Wait a minute, then try again."),
    500: (
        "Something went wrong on our side",
        (
            "What you were doing was not saved. Try again; if it happens again, "
            "tell your administrator the reference."
        ),
    ),
    503: (
        "Not available for a moment",
        (
            "What you were doing was not saved. Wait a few seconds, then send it again: "
            "it will not be counted twice."
        ),
    ),
}


def install(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(Exception, _answer)


def _answer(error: Exception) -> Response:
    cause = cause_of(error)
    if cause.ours:
        log.error("failed", status=cause.status, exc_info=error)
    elif cause.status != NOT_FOUND:
        log.warning("refused", status=cause.status, kind=type(error).__name__)
    response = make_response(_json(cause) if _wants_json() else _page(cause), cause.status)
    response.headers.update(cause.headers)
    return response


def _kept() -> list[tuple[str, str]]:
    try:
        return list(request.form.items(multi=True))
    except HTTPException:
        return []  # the body itself could not be read


def _words(status: int) -> tuple[str, str]:
    return WORDS.get(status) or WORDS[500 if status >= 500 else 400]


def _wants_json() -> bool:
    # Under some addresses there are no pages at all; their blueprints say so.
    for_machines = request.path.startswith(tuple(current_app.config.get("JSON_UNDER", ())))
    kinds = ["text/html", "application/json"][:: -1 if for_machines else 1]
    return request.accept_mimetypes.best_match(kinds, kinds[0]) == "application/json"


def _json(cause: Cause) -> Response:
    title, advice = _words(cause.status)
    about = {"status": cause.status, "error": cause.message or title, "advice": advice}
    shown = {} if cause.status == NOT_FOUND else {"reference": reference()}
    return jsonify(about | shown)


def _page(cause: Cause) -> str:
    if cause.status == CHANGED:
        return changed_page(cause.message)
    title, advice = _words(cause.status)
    said = {
        "title": title,
        "advice": advice,
        "message": cause.message,
        "reference": "" if cause.status == NOT_FOUND else reference(),
        "kept": _kept() if cause.status in SEND_AGAIN else [],
        "address": here(),
    }
    # Without a session, a database, or an address we trust there is no header to show.
    if cause.ours or (request.url_rule is None and cause.status == BAD_REQUEST):
        template = current_app.jinja_env.get_template("web/plain_error.html")
        return template.render(service_name=current_app.config["SETTINGS"].service_name, **said)
    return render_template("web/error.html", **said)
