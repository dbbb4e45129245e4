"""The MDN HTTP Observatory, run here without asking anybody, gives our pages its best mark.

It wants a site behind TLS and, on the plain port, a redirect to it: a front of this test ends
TLS with a certificate made for it, as a deployer's proxy does.
"""

import json
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from werkzeug.serving import generate_adhoc_ssl_pair, make_server
from werkzeug.utils import redirect

from app.factory import create_app
from tests.attacks.conftest import SECRET
from tests.providers.provider import free_port

FOLDER = Path(__file__).parent / "observatory"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(
    not (NODE and (FOLDER / "node_modules").is_dir()),
    reason="Node or its packages are absent: `make node` installs them",
)
PLAIN, BEST = 130, "A+"


@contextmanager
def listening(app: Any, port: int, tls: ssl.SSLContext | None = None) -> Iterator[None]:
    server = make_server("127.0.0.1", port, app, threaded=True, ssl_context=tls)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def certified(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine, and a server's context that shows it."""
    certificate, key = generate_adhoc_ssl_pair("localhost")
    shown, kept = folder / "certificate.pem", folder / "key.pem"
    shown.write_bytes(certificate.public_bytes(Encoding.PEM))
    kept.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown, kept)
    return shown, context


@pytest.fixture(scope="module")
def mark(database, settings_maker, tmp_path_factory):
    """What the Observatory says about a page."""
    plain, secure = free_port(), free_port()
    certificate, tls = certified(tmp_path_factory.mktemp("tls"))
    url = f"https://localhost:{secure}"
    provider = {
        "TRELLIS_PUBLIC_URL": url,
        "TRELLIS_OIDC_ISSUER": "http://127.0.0.1:9",
        "TRELLIS_OIDC_CLIENT_ID": "trellis",
        "TRELLIS_OIDC_CLIENT_SECRET": SECRET,
    }
    app = create_app(settings_maker(database.url(), **provider))

    def to_tls(environ: Any, start: Any) -> Any:
        return redirect(url + environ["PATH_INFO"], 301)(environ, start)

    def marked(path: str) -> dict[str, Any]:
        command = [NODE, str(FOLDER / "scan.mjs"), "localhost", str(plain), str(secure), path]
        environment = os.environ | {"NODE_EXTRA_CA_CERTS": str(certificate)}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=True
        )
        return json.loads(done.stdout)

    with listening(app, secure, tls), listening(to_tls, plain):
        yield marked


@pytest.mark.parametrize("path", ["/", "/privacy"])
def test_our_pages_have_the_best_mark(mark, path):
    told = mark(path)
    assert told["status"] == 200
    assert [name for name, one in told["tests"].items() if not one["pass"]] == []
    assert (told["grade"], told["score"] >= PLAIN) == (BEST, True), told
