"""Trellis really listening on a port of this machine, trusting one provider."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.serving import make_server

from app.factory import create_app
from tests.providers.provider import SECRET


@dataclass
class Running:
    """Trellis at an address, the issuer it trusts, and the provider when it is ours."""

    app: Flask
    url: str
    issuer: str
    provider: Any = None


@contextmanager
def serving(app: Flask, port: int) -> Iterator[None]:
    """Serve in a thread while the block lasts."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def trusting(settings_for: Any, database: Any, url: str, issuer: str, **more: str) -> Flask:
    """Trellis at `url` with one provider called `default`."""
    return create_app(
        settings_for(
            database.url(),
            TRELLIS_PUBLIC_URL=url,
            TRELLIS_OIDC_ISSUER=issuer,
            TRELLIS_OIDC_CLIENT_ID="trellis",
            TRELLIS_OIDC_CLIENT_SECRET=SECRET,
            TRELLIS_OIDC_LABEL="the demonstration's account",
            **more,
        )
    )
