"""For whoever runs this: is it alive, can it serve, how is it doing."""

from flask import Response, abort, jsonify, request
from flask.typing import ResponseReturnValue

from app.web import metrics, readiness
from app.web.blueprint import bp
from app.web.causes import RETRY_SECONDS


@bp.get("/health/live")
def live() -> Response:
    """The process answers. Asks nothing of the database: restarting would not help that."""
    return jsonify(alive=True)


@bp.get("/health/ready")
def ready() -> ResponseReturnValue:
    """200 when this process can serve, 503 with what is wrong when it cannot."""
    found = readiness.checks()
    good = all(word == readiness.GOOD for word in found.values())
    answer = jsonify(ready=good, **found)
    return answer if good else (answer, 503, {"Retry-After": str(RETRY_SECONDS)})


@bp.get("/metrics")
def figures() -> Response:
    """Figures for Prometheus, for who reaches this process directly, not through the proxy."""
    if any(name in request.headers for name in ("X-Forwarded-For", "Forwarded")):
        abort(404)
    return metrics.figures()
