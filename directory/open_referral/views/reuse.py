"""A page for people who want to use the directory's data."""

from flask import current_app
from flask.typing import ResponseReturnValue

from app.core import clock
from app.ui.pages import page
from directory.open_referral.blueprint import about
from directory.open_referral.schemas.document import LICENCE
from directory.open_referral.views.details import public_address

ENDPOINTS = (
    ("services", "Services and who offers them"),
    ("service_at_locations", "Each place of each service; by distance from a postcode"),
    ("taxonomies", "Lists of terms, such as our list of needs"),
    ("taxonomy_terms", "The terms themselves, with everyday words for them"),
)


@about.get("/reuse")
def reuse() -> ResponseReturnValue:
    """Say where the data is, on what terms, and how to name where it came from."""
    return page(
        "open_referral/reuse.html",
        licence=LICENCE,
        base=public_address("open_referral.details"),
        description=public_address("open_referral.openapi"),
        endpoints=ENDPOINTS,
        home=current_app.config["SETTINGS"].public_url,
        today=clock.today(),
        month=clock.today().replace(day=1).isoformat(),
    )
