"""The first page of the API, and its description for machines."""

from typing import NoReturn

from flask import Response, current_app, url_for

from app.core.errors import NotFound
from directory.open_referral.blueprint import bp
from directory.open_referral.schemas.details import DetailsSchema
from directory.open_referral.schemas.document import LICENCE, document
from directory.open_referral.views.answer import answer

PROFILE = "https://docs.openreferraluk.org/en/latest/"


@bp.get("/", strict_slashes=False)
def details() -> Response:
    """Which version and profile this is, and where it is described."""
    said = {
        "version": "HSDS-UK-3.0",
        "profile": PROFILE,
        "openapi_url": public_address("open_referral.openapi"),
        "license_url": LICENCE["url"],
        "publisher": current_app.config["SETTINGS"].service_name,
    }
    return answer(DetailsSchema().dump(said))


@bp.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    return answer(document(public_address("open_referral.details").rstrip("/")))


@bp.get("/<path:anything>")
def nothing(anything: str) -> NoReturn:
    """Say as JSON that nothing is here."""
    raise NotFound(f"There is nothing at {anything[:100]}; ids are UUIDs")


def public_address(endpoint: str) -> str:
    """The address by which others know an endpoint."""
    return f"{current_app.config['SETTINGS'].public_url}{url_for(endpoint)}"
