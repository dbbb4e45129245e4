"""The environment of a demonstration: ports, addresses, and keys made once under `var/`."""

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from app.core import roles
from app.core.embedded_postgres import Server

KEYS = ("SECRET_KEY", "ROOT_KEY", "INDEX_KEY", "AUDIT_KEY")
DATABASE = roles.DATABASE


@dataclass(frozen=True)
class Ports:
    """Four neighbouring ports on this machine."""

    web: int

    @property
    def provider(self) -> int:
        """Where the identity provider answers."""
        return self.web + 1

    @property
    def mailbox(self) -> int:
        """Where messages can be read."""
        return self.web + 2

    @property
    def smtp(self) -> int:
        """Where messages are taken in."""
        return self.web + 3


def make(folder: Path, ports: Ports, server: Server | None) -> dict[str, str]:
    """The variables for every process of the demonstration; those already set are kept."""
    made = {
        "TRELLIS_DEMONSTRATION": "1",
        "TRELLIS_PUBLIC_URL": f"http://localhost:{ports.web}",
        "TRELLIS_OIDC_ISSUER": f"http://127.0.0.1:{ports.provider}",
        "TRELLIS_OIDC_CLIENT_ID": "trellis",
        "TRELLIS_OIDC_CLIENT_SECRET": _secret(folder / "keys" / "oidc_client_secret"),
        "TRELLIS_OIDC_LABEL": "Demonstration sign-in",
        "TRELLIS_SMTP_URL": f"smtp://127.0.0.1:{ports.smtp}",
        "TRELLIS_MAIL_FROM": "trellis@demonstration.invalid",
        "TRELLIS_VAR": str(folder),
        "TRELLIS_AUDIT_WITNESSES": (folder / "witness.txt").as_uri(),
        "AUTHLIB_INSECURE_TRANSPORT": "1",
    }
    for name in KEYS:
        made[f"TRELLIS_{name}"] = _key(folder / "keys" / name.lower())
    if server:
        made |= {
            f"TRELLIS_{name}DATABASE_URL": server.url(DATABASE, role, password)
            for name, role, password in _logins(folder)
        }
    return {**os.environ, **{name: os.environ.get(name, value) for name, value in made.items()}}


def passwords(folder: Path) -> dict[str, str]:
    """The password of each login role, made once."""
    return {role: _secret(folder / "keys" / role) for role in roles.LOGIN_ROLES}


def _logins(folder: Path) -> list[tuple[str, str, str]]:
    known = passwords(folder)
    pairs = (("", "trellis_app"), ("OWNER_", "trellis_owner"))
    return [(name, role, known[role]) for name, role in pairs]


def _key(path: Path) -> str:
    return _once(path, base64.b64encode(secrets.token_bytes(32)).decode())


def _secret(path: Path) -> str:
    return _once(path, secrets.token_urlsafe(32))


def _once(path: Path, value: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(value)
    return path.read_text()
