"""Give an application the shared look: templates, words, and addresses of static files."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, current_app, url_for
from jinja2 import StrictUndefined
from markupsafe import Markup

from app.ui import tags, words
from app.ui.banners import banners_for
from app.ui.navigation import current_of, places_for

STATIC = Path(__file__).parent / "static"
FILTERS = (
    *("age", "ago_words", "and_list", "date_words", "due_colour", "due_words", "label_of"),
    *("lines", "moment_words", "nhs_words", "or_none", "plural", "role_words", "short_date"),
    *("state_colour", "state_words", "time_words"),
)


@cache
def static_prefix() -> str:
    """The folder that the static files appear under: its name changes when any of them does."""
    made = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            made.update(path.relative_to(STATIC).as_posix().encode() + path.read_bytes())
    return f"static/{made.hexdigest()[:12]}"


def asset(name: str) -> str:
    """The address of a static file, which may be cached for ever."""
    return f"/{static_prefix()}/{name}"


def place_link(endpoint: str, text: str, kind: str = "nhsuk-link") -> Markup:
    """A link to a page of another room, or only its text in an application without it."""
    if not _is_endpoint(endpoint):
        return Markup("<span>{}</span>").format(text)
    return Markup('<a class="{}" href="{}">{}</a>').format(kind, url_for(endpoint), text)


def _is_endpoint(name: str) -> bool:
    return name in current_app.view_functions


def install(app: Flask) -> None:
    """Add the templates, filters and globals of the shared look."""
    app.register_blueprint(Blueprint("ui", __name__, template_folder="templates"))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for name in FILTERS:
        app.jinja_env.filters[name] = getattr(words, name)
        app.jinja_env.globals[name] = getattr(words, name)
    app.jinja_env.tests["endpoint"] = _is_endpoint
    app.jinja_env.globals["tags"] = tags
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.globals["place_link"] = place_link
    app.jinja_env.globals["current_of"] = current_of
    app.jinja_env.globals["places_for"] = places_for
    app.jinja_env.globals["banners_for"] = banners_for
