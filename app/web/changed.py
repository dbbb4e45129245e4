"""The page after somebody else was first: what happened, what was typed, and the way on."""

import contextlib
from typing import Any

from flask import current_app, render_template, request, url_for

from app.core.db import transaction
from app.core.errors import NotFound
from app.identity.login import current_actor
from app.ui.changed import WayBack, typed, way_back
from app.web.here import here

START = "/"


def changed_page(message: str) -> str:
    """Say what happened; nothing that was typed is lost."""
    way = way_back(current_app.blueprints.get(request.blueprint or ""))
    return render_template(
        "web/changed.html",
        message=message,
        last=_latest(way),
        back=_back(way),
        sent=request.method == "POST",
        typed=typed(),
    )


def _back(way: WayBack) -> str:
    """The first page of the room that this address is enough for, or this page."""
    known = request.view_args or {}
    for endpoint in way.endpoints:
        for rule in current_app.url_map.iter_rules(endpoint):
            if rule.arguments <= set(known):
                return url_for(endpoint, **{name: known[name] for name in rule.arguments})
    shown = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    return here() if shown and request.method == "POST" else START


def _latest(way: WayBack) -> Any:
    if way.latest is None:
        return None
    actor = current_actor()
    with transaction(actor), contextlib.suppress(NotFound):
        return way.latest(actor, request.view_args or {})
    return None
