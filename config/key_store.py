"""Where the root key is kept, when it is not a key of our own: AWS KMS, or Vault's transit engine.

`TRELLIS_ROOT_KEY_STORE` says `local` (a key from a file or the environment), `aws-kms` or `vault`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")
LOCAL, KMS, VAULT = "local", "aws-kms", "vault"


@dataclass(frozen=True)
class KmsStore:
    """AWS KMS. `keys` are ids or ARNs, the newest last: an alias could be pointed elsewhere."""

    keys: tuple[str, ...]
    region: str
    url: str = ""


@dataclass(frozen=True)
class VaultStore:
    """One key of a transit engine; its token is read anew from the file at each request."""

    url: str
    key: str
    mount: str
    token_file: Path
    namespace: str = ""
    ca_file: str = ""


KeyStore = KmsStore | VaultStore


def load(environment: Mapping[str, str], complaints: list[str]) -> KeyStore | None:
    """The key store in the environment, None for a key of our own; adds to `complaints`."""
    kind = environment.get("TRELLIS_ROOT_KEY_STORE", "").strip() or LOCAL
    reader = _Reader(environment, complaints)
    if kind == KMS:
        keys = tuple(reader.wanted("KMS_KEYS").split())
        if any("alias/" in key for key in keys):
            complaints.append("TRELLIS_KMS_KEYS must be key ids or ARNs, not aliases")
        return KmsStore(keys, reader.wanted("KMS_REGION"), reader.address("KMS_URL"))
    if kind == VAULT:
        if not reader.text("VAULT_URL"):
            complaints.append("TRELLIS_VAULT_URL is missing")
        return VaultStore(
            url=reader.address("VAULT_URL"),
            key=reader.wanted("VAULT_KEY"),
            mount=reader.text("VAULT_MOUNT") or "transit",
            token_file=Path(reader.wanted("VAULT_TOKEN_FILE")),
            namespace=reader.text("VAULT_NAMESPACE"),
            ca_file=reader.text("VAULT_CA_FILE"),
        )
    if kind != LOCAL:
        complaints.append("TRELLIS_ROOT_KEY_STORE must be local, aws-kms or vault")
    return None


class _Reader:
    def __init__(self, environment: Mapping[str, str], complaints: list[str]) -> None:
        self.environment, self.complaints = environment, complaints

    def text(self, name: str) -> str:
        return self.environment.get(f"TRELLIS_{name}", "").strip()

    def wanted(self, name: str) -> str:
        if not self.text(name):
            self.complaints.append(f"TRELLIS_{name} is missing")
        return self.text(name)

    def address(self, name: str) -> str:
        """An https address, or one of this machine in a demonstration."""
        address = self.text(name).rstrip("/")
        parts = urlsplit(address)
        local = self.text("DEMONSTRATION") == "1" and parts.hostname in LOOPBACK
        safe = parts.scheme == "https" or (parts.scheme == "http" and local)
        if address and not (safe and parts.hostname and not parts.query and not parts.username):
            self.complaints.append(f"TRELLIS_{name} must be an https address")
        return address
