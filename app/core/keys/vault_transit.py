"""Root keys in the transit engine of HashiCorp Vault (or OpenBao), over its HTTP API.

The key is made with `derived=true`: what a blob is for goes along as the context from which its
key is derived, so that it opens for nothing else and can still be rewrapped inside Vault.
"""

import base64
import re
from typing import Any

import requests

from app.core.errors import Conflict, Unavailable
from app.core.keys.reach import CONNECT_SECONDS, READ_SECONDS, Reach
from app.core.keys.root import RETRY_SECONDS, UnknownKey
from app.core.keys.wrapping import DoesNotOpen
from config.key_store import VaultStore

CIPHERTEXT = re.compile(r"vault:v(\d+):\S+")
OK, NOTHING, BAD_REQUEST, FORBIDDEN, NOT_FOUND = 200, 204, 400, 403, 404
TOO_OLD, NO_SUCH_KEY = "disallowed by policy", "encryption key not found"
# Anything else that Vault finds wrong with a request says nothing about the record.
NOT_WHAT_WAS_WRAPPED = ("invalid ciphertext", "message authentication failed")


class VaultAnswer(Exception):
    """Vault answered, but not with what was asked for."""


class NotAllowed(Unavailable):
    """Vault does not let our token do this."""


class VaultRoot:
    """One transit key. A name says which version of it: `trellis:v3`."""

    setting = "TRELLIS_VAULT_KEY"

    def __init__(self, store: VaultStore) -> None:
        self.store, self.reach = store, Reach()
        self.http = requests.Session()
        self.http.trust_env = False  # no proxy or credentials from elsewhere
        self.http.verify = store.ca_file or True

    def newest(self) -> str:
        """The latest version of the key."""
        return self._name(self._ask("GET", "keys")["latest_version"])

    def wrap(self, plain: bytes, about: bytes) -> tuple[str, bytes]:
        """Wrap with the latest version."""
        said = self._ask("POST", "encrypt", plaintext=_text(plain), context=_text(about))
        return self._wrapped(said)

    def unwrap(self, name: str, wrapped: bytes, about: bytes) -> bytes:
        """Unwrap with the version that the blob names, if it is the one of `name`."""
        sealed = self._blob(name, wrapped)
        said = self._ask("POST", "decrypt", ciphertext=sealed, context=_text(about))
        return base64.b64decode(said["plaintext"], validate=True)

    def rewrap(self, name: str, wrapped: bytes, about: bytes) -> tuple[str, bytes]:
        """Wrap with the latest version, inside Vault."""
        sealed = self._blob(name, wrapped)
        said = self._ask("POST", "rewrap", ciphertext=sealed, context=_text(about))
        return self._wrapped(said)

    def renew(self) -> None:
        """Make a newer version."""
        try:
            self._ask("POST", "keys", "/rotate")
        except NotAllowed:
            raise Conflict(
                f"Our token may not rotate the key: do it in Vault (update on"
                f" {self.store.mount}/keys/{self.store.key}/rotate), then run this again"
            ) from None

    def forget_older(self) -> int:
        """Let Vault decrypt with the latest version only."""
        about = self._ask("GET", "keys")
        latest, first = int(about["latest_version"]), int(about["min_decryption_version"])
        try:
            self._ask("POST", "keys", "/config", min_decryption_version=latest)
        except NotAllowed:
            raise Conflict(
                f"Our token may not do that: set min_decryption_version to {latest} in Vault"
            ) from None
        return latest - first

    def _name(self, version: object) -> str:
        return f"{self.store.key}:v{version}"

    def _wrapped(self, said: dict[str, Any]) -> tuple[str, bytes]:
        sealed = str(said["ciphertext"])
        found = CIPHERTEXT.fullmatch(sealed)
        if found is None:
            raise DoesNotOpen
        return self._name(found[1]), sealed.encode()

    def _blob(self, name: str, wrapped: bytes) -> str:
        """The blob as Vault wrote it. Raises UnknownKey when it is another key's."""
        if name.rpartition(":")[0] != self.store.key:
            raise UnknownKey(name)
        found = CIPHERTEXT.fullmatch(wrapped.decode("ascii", "replace"))
        if found is None or self._name(found[1]) != name:
            raise DoesNotOpen
        return found[0]

    def _ask(self, method: str, what: str, more: str = "", **about: object) -> dict[str, Any]:
        store = self.store
        url = f"{store.url}/v1/{store.mount}/{what}/{store.key}{more}"
        with self.reach.asking(requests.RequestException, OSError, ValueError, VaultAnswer):
            return self._said(method, url, about)

    def _said(self, method: str, url: str, about: dict[str, object]) -> dict[str, Any]:
        headers = {"X-Vault-Request": "true", "X-Vault-Token": self._token()}
        if self.store.namespace:
            headers["X-Vault-Namespace"] = self.store.namespace
        answer = self.http.request(
            method,
            url,
            json=about if method == "POST" else None,
            headers=headers,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            allow_redirects=False,
        )
        if answer.status_code == NOTHING:
            return {}
        if answer.status_code == OK:
            return dict(answer.json()["data"])
        raise self._refusal(answer.status_code, answer.text)

    def _refusal(self, status: int, words: str) -> Exception:
        if status == FORBIDDEN:
            return NotAllowed("The key store refuses our token", RETRY_SECONDS)
        if status == NOT_FOUND or TOO_OLD in words or NO_SUCH_KEY in words:
            return UnknownKey(self.store.key)
        if status == BAD_REQUEST and any(one in words for one in NOT_WHAT_WAS_WRAPPED):
            return DoesNotOpen()
        return VaultAnswer(f"HTTP {status}")

    def _token(self) -> str:
        return self.store.token_file.read_text(encoding="ascii").strip()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
