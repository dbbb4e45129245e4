"""How often one user may change things, counted in PostgreSQL for all processes together.

Reading is not counted here: a page of it costs more than the counting would save.
"""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from app.identity.login import opened_session
from app.web import limits_storage
from app.web.origin import SAFE

# Per user and page. `RATELIMIT_DEFAULT` in the configuration overrides it.
DEFAULT = "300 per minute"


def _who() -> str:
    found = opened_session()
    return str(found.user_id) if found else get_remote_address()


def _not_counted() -> bool:
    return request.method in SAFE


def install(app: Flask) -> None:
    """Answer 429 to who sends too many forms."""
    app.config.setdefault("RATELIMIT_DEFAULT", DEFAULT)
    Limiter(
        _who,
        app=app,
        storage_uri=f"{limits_storage.SCHEME}://",
        default_limits_exempt_when=_not_counted,
        swallow_errors=True,
    )
