"""What every template knows: who is asking, the service's name, the nonce."""

from typing import Any

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from app.core.errors import TrellisError
from app.identity.login import opened_session
from app.web import headers
from app.web.request_id import reference


def everywhere() -> dict[str, Any]:
    """The values that layouts use. An error page must appear even without a database."""
    settings = current_app.config["SETTINGS"]
    try:
        found = opened_session()
    except (SQLAlchemyError, TrellisError):
        found = None
    return {
        "actor": found.actor if found else None,
        "several_agencies": bool(found and len(found.acting_for) > 1),
        "service_name": settings.service_name,
        "demonstration": settings.demonstration,
        "csp_nonce": headers.nonce(),
        "request_reference": reference(),
    }
