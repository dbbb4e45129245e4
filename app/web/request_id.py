"""A short reference for every request: in its answer, its log lines and its audit rows."""

import secrets
import time

import structlog
from flask import Flask, Response, g, request

from app.identity.login import session_reference

# Without 0, 1, I, L, O, U: it may be read out over a telephone.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10

log = structlog.get_logger()


def reference() -> str:
    """The reference of this request; a caller's own X-Request-Id is never taken over."""
    if "reference" not in g:
        drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        g.reference = f"{drawn[:5]}-{drawn[5:]}"
    return str(g.reference)


def _begin() -> None:
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=reference())


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = reference()
    took = time.perf_counter() - g.get("began", time.perf_counter())
    # The rule and not the address: an address may carry what somebody typed. The session and not
    # its user: whose it is stands in the database only, and not for ever.
    rule = str(request.url_rule) if request.url_rule else "-"
    log.info(
        "request",
        method=request.method,
        route=rule,
        status=response.status_code,
        session=session_reference(),
        milliseconds=round(took * 1000, 1),
    )
    return response


def install(app: Flask) -> None:
    """Give every request its reference."""
    app.before_request(_begin)
    app.after_request(_end)
