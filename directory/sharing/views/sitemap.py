"""What search engines are told: which pages there are for everybody, and to leave the rest."""

from typing import Any

from flask import Response, current_app, render_template, url_for

from app.core.db import NOBODY, transaction
from directory.sharing.blueprint import engines
from directory.sharing.queries import addresses

FRESH_SECONDS = 3600
PAGES = ("directory.find", "reuse.reuse", "web.accessibility", "web.privacy")
ANY = ",".join(f'"{one}"' for one in addresses.PARTS)


@engines.get("/robots.txt")
def robots() -> Response:
    """The directory and the statements; nothing that needs signing in."""
    open_to_all = [url_for(one) for one in PAGES]
    text = render_template("sharing/robots.txt", pages=open_to_all, map=_address("engines.index"))
    return _kept(text, "text/plain")


@engines.get("/sitemap.xml")
def index() -> Response:
    """The parts of the map."""
    with transaction(NOBODY):
        moment = addresses.changed_at()
    parts = [_address("engines.part", digit=one) for one in addresses.PARTS]
    pages = _address("engines.pages")
    text = render_template("sharing/parts.xml", parts=[pages, *parts], changed_at=moment)
    return _kept(text, "application/xml")


@engines.get("/sitemap-pages.xml")
def pages() -> Response:
    """The pages that are no listing."""
    found = [(_address(one), None) for one in PAGES]
    return _kept(render_template("sharing/addresses.xml", pages=found), "application/xml")


@engines.get(f"/sitemap-services-<any({ANY}):digit>.xml")
def part(digit: str) -> Response:
    """The listings whose id begins with this digit."""
    with transaction(NOBODY):
        rows = addresses.part(digit)
    found = [(_address("directory.show", service_id=row[0]), row[1]) for row in rows]
    return _kept(render_template("sharing/addresses.xml", pages=found), "application/xml")


def _kept(text: str, kind: str) -> Response:
    made = Response(text, mimetype=kind)
    made.cache_control.public = True
    made.cache_control.max_age = FRESH_SECONDS
    return made


def _address(endpoint: str, **values: Any) -> str:
    return f"{current_app.config['SETTINGS'].public_url}{url_for(endpoint, **values)}"
