"""Trellis with two providers, one of which cannot be trusted."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from flask.testing import FlaskClient

from app.factory import create_app
from app.identity.oidc.providers import EXTENSION
from tests.attacks.hostile_provider.behaviour import Behaviour
from tests.attacks.hostile_provider.provider import HostileProvider, hostile_provider, new_key
from tests.attacks.matrix.fixtures import (
    cast,
    everything_stored,
    records,
    stage,
    tries,
)
from tests.providers.provider import SECRET, free_port

__all__ = ["cast", "everything_stored", "records", "stage", "tries"]


@pytest.fixture(scope="package")
def keys():
    """Two keys, made once: making them is slow."""
    return new_key("first"), new_key("second")


@pytest.fixture(scope="package")
def both(keys) -> Iterator[tuple[HostileProvider, HostileProvider]]:
    """The hostile provider, and one that always behaves."""
    with (
        hostile_provider(free_port(), keys[0]) as hostile,
        hostile_provider(free_port(), keys[1]) as honest,
    ):
        yield hostile, honest


@pytest.fixture(scope="package")
def trusting(database, settings_maker, both):
    """Trellis, trusting both."""
    hostile, honest = both
    settings = {}
    for name, issuer in (("HOSTILE", hostile.issuer), ("HONEST", honest.issuer)):
        settings |= {
            f"TRELLIS_OIDC_{name}_ISSUER": issuer,
            f"TRELLIS_OIDC_{name}_CLIENT_ID": "trellis",
            f"TRELLIS_OIDC_{name}_CLIENT_SECRET": SECRET,
        }
    strict = {"TRELLIS_OIDC_HOSTILE_ACR": "gold", "TRELLIS_OIDC_HOSTILE_MAX_AGE": "600"}
    strict["TRELLIS_LIMIT_SIGNED_OUT"] = "100000"  # all of them come from one address
    return create_app(settings_maker(database.url(), **settings, **strict))


@pytest.fixture
def hostile(both, trusting, keys) -> HostileProvider:
    """The hostile provider, honest again at the start of each test, and nothing cached."""
    provider, _ = both
    provider.does = Behaviour(claims=lambda honest: honest | {"acr": "gold"})
    provider.signing, provider.published = keys[0], [keys[0]]
    for client in trusting.extensions[EXTENSION].values():
        client._metadata = client._keys = None
    return provider


def answer_of(client: FlaskClient, name: str = "hostile", address: str = "") -> str:
    """Start a sign-in; the path and query that the provider sends the browser back to."""
    away = client.get(address or f"/sign-in/{name}")
    assert away.status_code == 303, away.text
    back = requests.get(away.location, allow_redirects=False, timeout=40).headers["Location"]
    parts = urlsplit(back)
    return f"{parts.path}?{parts.query}"


def is_signed_in(client: FlaskClient) -> bool:
    """Whether this browser has a user."""
    return client.get("/account/waiting").status_code == 200
