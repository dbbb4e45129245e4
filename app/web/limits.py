"""How often somebody may change things, counted in PostgreSQL for all processes together.

Five counters: a user on one route, an agency on all of them, an address that nobody has signed
in from at the doors where a stranger costs us something, one that sends forms made for
strangers, and one that searches the directory or takes its data away. People are searched for
by forms. Other reading is not counted: a page of it costs more than the counting would save.
"""

import ipaddress
import logging
from collections.abc import Callable

from flask import Flask, current_app, request
from flask_limiter import Limit, Limiter

from app.identity.login import opened_session
from app.ui.doors import RARELY, is_rare, is_search
from app.web import limits_storage
from app.web.origin import SAFE
from config.limits import Limits

# A stranger's request that writes a row, or that asks a provider something.
DOORS = frozenset({"identity.sign_in_with", "identity.come_back", "identity.back_channel"})


def address() -> str:
    """Where a request comes from; of IPv6 the network, since a household has a whole one."""
    try:
        found = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "nowhere"
    return str(found) if found.version == 4 else str(ipaddress.ip_network((int(found), 64), False))


def install(app: Flask) -> None:
    """Answer 429 to who asks too much."""
    Limiter(
        _who,
        app=app,
        storage_uri=f"{limits_storage.SCHEME}://",
        default_limits=_counters(app.config["SETTINGS"].limits),
    )
    logging.getLogger("flask-limiter").setLevel(logging.WARNING)  # lower lines say who it was


def _counters(limits: Limits) -> list[str | Callable[[], str] | Limit]:
    return [
        Limit(f"{limits.user} per minute", exempt_when=lambda: _reading() or _at_a_door()),
        Limit(
            f"{limits.agency} per minute",
            key_function=_agency,
            scope="agency",
            shared=True,
            exempt_when=lambda: _reading() or not _agency(),
        ),
        Limit(
            f"{limits.signed_out} per minute",
            key_function=address,
            scope="doors",
            shared=True,
            exempt_when=lambda: not _at_a_door(),
        ),
        Limit(
            f"{limits.searches} per minute",
            key_function=address,
            scope="searches",
            shared=True,
            exempt_when=lambda: not is_search(_view()),
        ),
        Limit(RARELY, key_function=address, exempt_when=lambda: _reading() or not is_rare(_view())),
    ]


def _who() -> str:
    found = opened_session()
    return str(found.user_id) if found else address()


def _agency() -> str:
    found = opened_session()
    actor = found.actor if found else None
    return str(actor.agency_id) if actor else ""


def _reading() -> bool:
    return request.method in SAFE


def _view() -> object:
    return current_app.view_functions.get(request.endpoint or "")


def _at_a_door() -> bool:
    return request.endpoint in DOORS
