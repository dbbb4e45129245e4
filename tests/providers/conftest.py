"""Trellis and a provider, each really listening on a port of this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.serving import make_server

from app.factory import create_app
from tests.conftest import settings_for
from tests.providers.provider import SECRET, demonstration_provider, free_port


@dataclass
class Running:
    """Trellis at an address, and the provider it trusts."""

    app: Flask
    url: str
    issuer: str


@contextmanager
def serving(app: Flask, port: int) -> Iterator[None]:
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def trellis_trusting(database, issuer: str, port: int, **more: str) -> Iterator[Running]:
    """Trellis on `port` with one provider called `default`."""
    url = f"http://127.0.0.1:{port}"
    settings = settings_for(
        database.url(),
        TRELLIS_PUBLIC_URL=url,
        TRELLIS_OIDC_ISSUER=issuer,
        TRELLIS_OIDC_CLIENT_ID="trellis",
        TRELLIS_OIDC_CLIENT_SECRET=SECRET,
        TRELLIS_OIDC_LABEL="Demonstration",
        **more,
    )
    app = create_app(settings)
    with serving(app, port):
        yield Running(app, url, issuer)


@pytest.fixture(scope="package")
def running(database, tmp_path_factory) -> Iterator[Running]:
    """Trellis with the demonstration provider."""
    port = free_port()
    folder = tmp_path_factory.mktemp("provider")
    with (
        demonstration_provider(folder, f"http://127.0.0.1:{port}") as provider,
        trellis_trusting(database, provider.issuer, port) as made,
    ):
        yield made
