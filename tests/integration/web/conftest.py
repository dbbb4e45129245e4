"""The application with the gallery added, for a test client and for a browser."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from app.factory import create_app
from tests.integration.web import gallery

BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


@pytest.fixture(scope="session")
def shown(database) -> Flask:
    """Trellis with the gallery."""
    app = create_app(database.settings)
    app.register_blueprint(gallery.bp)
    return app


@pytest.fixture(scope="session")
def served(shown) -> Iterator[str]:
    """The gallery's address while it is served."""
    server = make_server("127.0.0.1", 0, shown, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def base_url(served: str) -> str:
    """Where the browser's relative addresses lead."""
    return served


@pytest.fixture
def browser_context_args(base_url: str) -> dict[str, str]:
    """The pages of these tests are all served from one place."""
    return {"base_url": base_url}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium where it is; CHROMIUM names another."""
    found = os.environ.get("CHROMIUM") or next((one for one in BROWSERS if Path(one).exists()), "")
    args = ["--disable-gpu", "--no-first-run", "--disable-background-networking"]
    args += ["--no-sandbox"] if os.geteuid() == 0 else []
    where = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, "args": args, **where}
