"""Serving the provider on a port of this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from werkzeug.serving import BaseWSGIServer, make_server

from app.demonstration.provider.provider import DemonstrationProvider
from app.demonstration.provider.web import create_app


def bind(provider: DemonstrationProvider) -> BaseWSGIServer:
    """A server listening where the issuer says, not yet answering."""
    parts = urlsplit(provider.issuer)
    return make_server(parts.hostname or "", parts.port or 0, create_app(provider), threaded=True)


@contextmanager
def running(provider: DemonstrationProvider) -> Iterator[DemonstrationProvider]:
    """The provider in a thread, for as long as the block lasts."""
    server = bind(provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
