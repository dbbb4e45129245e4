"""The transit engine as HashiCorp documents its HTTP API: a real server, over real AES-GCM.

It takes what the documentation takes and nothing else: an unknown field, a body that is not
JSON, a missing token or a missing context is refused, as Vault refuses it.
"""

import base64
import contextlib
import json
import os
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.keys.derivation import expand

TOKEN = "hvs.tests-only"
ADDRESS = re.compile(r"/v1/transit/(encrypt|decrypt|rewrap|keys)/(\w+)(/rotate|/config)?")
FIELDS = {
    "encrypt": {"plaintext", "context"},
    "decrypt": {"ciphertext", "context"},
    "rewrap": {"ciphertext", "context"},
    "keys/rotate": set(),
    "keys/config": {"min_decryption_version"},
}


class Refused(Exception):
    """An answer with an error: its status and words."""


class TransitKey:
    """One key with its versions."""

    def __init__(self) -> None:
        self.versions, self.oldest = [os.urandom(32)], 1

    def seal(self, plain: bytes, context: bytes) -> str:
        nonce = os.urandom(12)
        sealed = nonce + self._cipher(len(self.versions), context).encrypt(nonce, plain, None)
        return f"vault:v{len(self.versions)}:{base64.b64encode(sealed).decode()}"

    def open(self, sealed: str, context: bytes) -> bytes:
        match = re.fullmatch(r"vault:v(\d+):([A-Za-z0-9+/=]+)", sealed)
        if match is None:
            raise Refused(400, "invalid ciphertext: no prefix")
        try:
            version, blob = int(match[1]), base64.b64decode(match[2])
        except ValueError:
            raise Refused(400, "invalid ciphertext: could not decode base64") from None
        if not 1 <= version <= len(self.versions):
            raise Refused(400, "invalid ciphertext: version is too new")
        if version < self.oldest:
            raise Refused(400, "ciphertext version is disallowed by policy (too old)")
        try:
            return self._cipher(version, context).decrypt(blob[:12], blob[12:], None)
        except (InvalidTag, ValueError):
            raise Refused(400, "cipher: message authentication failed") from None

    def _cipher(self, version: int, context: bytes) -> AESGCM:
        return AESGCM(expand(self.versions[version - 1], context))


class Transit:
    """The server: keys by name, made when somebody names one in `keys`."""

    def __init__(self, port: int) -> None:
        self.port, self.keys, self.asked = port, {"trellis": TransitKey()}, []
        self.may_manage = True
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def answer(self, method: str, path: str, headers, body: bytes) -> dict | None:
        match = ADDRESS.fullmatch(path)
        if match is None or headers.get("X-Vault-Request") != "true":
            raise Refused(404, "no handler for route")
        if headers.get("X-Vault-Token") != TOKEN:
            raise Refused(403, "permission denied")
        what, name, more = match[1], match[2], match[3] or ""
        self.asked.append(what + more)
        if name not in self.keys:
            raise Refused(404 if what == "keys" else 400, "encryption key not found")
        key = self.keys[name]
        if method == "GET":
            if (what, more) != ("keys", ""):
                raise Refused(405, "unsupported operation")
            return {"latest_version": len(key.versions), "min_decryption_version": key.oldest}
        return self._changed(key, what, more, body)

    def _changed(self, key: TransitKey, what: str, more: str, body: bytes) -> dict | None:
        said = json.loads(body)
        if set(said) != FIELDS.get(what + more, {"nothing"}):
            raise Refused(400, f"unexpected fields {sorted(said)}")
        if what == "keys":
            if not self.may_manage:
                raise Refused(403, "permission denied")
            if more == "/rotate":
                key.versions.append(os.urandom(32))
            else:
                key.oldest = int(said["min_decryption_version"])
            return None
        context = base64.b64decode(said["context"], validate=True)
        if not context:
            raise Refused(400, "missing 'context' for key derivation")
        if what == "encrypt":
            plain = base64.b64decode(said["plaintext"], validate=True)
            return {"ciphertext": key.seal(plain, context), "key_version": len(key.versions)}
        plain = key.open(said["ciphertext"], context)
        if what == "decrypt":
            return {"plaintext": base64.b64encode(plain).decode()}
        return {"ciphertext": key.seal(plain, context), "key_version": len(key.versions)}


def _handler(transit: Transit) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET")

        def do_POST(self) -> None:
            self._answer("POST")

        def _answer(self, method: str) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            try:
                data = transit.answer(method, self.path, self.headers, body)
                status, said = (204, None) if data is None else (200, {"data": data})
            except Refused as refused:
                status, said = refused.args[0], {"errors": [refused.args[1]]}
            except (ValueError, KeyError, TypeError):
                status, said = 400, {"errors": ["cannot read the request"]}
            told = b"" if said is None else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextlib.contextmanager
def transit(port: int) -> Iterator[Transit]:
    """A transit engine with the key `trellis`, for the length of a test."""
    made = Transit(port)
    made.start()
    try:
        yield made
    finally:
        made.stop()


def vault_settings(made: Transit, folder: Path) -> dict[str, str]:
    """What a deployer writes for this server."""
    token = folder / "vault-token"
    token.write_text(TOKEN + "\n")
    return {
        "TRELLIS_ROOT_KEY_STORE": "vault",
        "TRELLIS_VAULT_URL": made.url,
        "TRELLIS_VAULT_KEY": "trellis",
        "TRELLIS_VAULT_TOKEN_FILE": str(token),
    }
