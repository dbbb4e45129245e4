"""The OpenID providers people may sign in with, from `TRELLIS_OIDC_…`.

`TRELLIS_OIDC_ISSUER`, `_CLIENT_ID`, `_CLIENT_SECRET` describe the one provider `default`;
`TRELLIS_OIDC_<NAME>_ISSUER` and so on describe as many as are wanted.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

VARIABLE = re.compile(
    r"TRELLIS_OIDC_(?:([A-Z][A-Z0-9]*)_)?"
    r"(ISSUER|CLIENT_ID|CLIENT_SECRET|CLIENT_SECRET_FILE|LABEL|SCOPE|ACR|MAX_AGE|USERINFO|INSIDE|NHS_ROLES)"
)
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class OidcProvider:
    """One provider: `acr` are the assurance levels accepted, none meaning any.

    `nhs_roles`: it is NHS CIS2, and a sign-in is for the organisation of the role that was chosen.
    `inside`: it may stand in our own network. `local`: on this machine, in a demonstration.
    """

    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    label: str
    scope: str = "openid profile email"
    acr: tuple[str, ...] = ()
    max_age: int | None = None
    userinfo: bool = True
    inside: bool = False
    nhs_roles: bool = False
    local: bool = False


def load(environment: Mapping[str, str], complaints: list[str]) -> tuple[OidcProvider, ...]:
    """Every provider in the environment, by name; what is wrong is added to `complaints`."""
    found: dict[str, dict[str, str]] = {}
    for variable in sorted(environment):
        if not variable.startswith("TRELLIS_OIDC_"):
            continue
        match = VARIABLE.fullmatch(variable)
        if match is None:
            complaints.append(f"{variable} is not a setting")
        elif text := environment[variable].strip():
            found.setdefault((match[1] or "default").lower(), {})[match[2]] = text
    demonstration = environment.get("TRELLIS_DEMONSTRATION") == "1"
    return tuple(_provider(name, given, complaints, demonstration) for name, given in found.items())


def _provider(
    name: str, given: dict[str, str], complaints: list[str], demonstration: bool
) -> OidcProvider:
    prefix = "TRELLIS_OIDC_" + ("" if name == "default" else f"{name.upper()}_")
    issuer = given.get("ISSUER", "")
    if not _is_safe(issuer, demonstration):
        complaints.append(f"{prefix}ISSUER must be an https address")
    secret = given.get("CLIENT_SECRET") or _read(given.get("CLIENT_SECRET_FILE", ""))
    if not given.get("CLIENT_ID"):
        complaints.append(f"{prefix}CLIENT_ID is missing")
    if not secret:
        complaints.append(f"{prefix}CLIENT_SECRET or {prefix}CLIENT_SECRET_FILE is missing")
    max_age = given.get("MAX_AGE", "")
    if max_age and not (max_age.isascii() and max_age.isdigit()):
        complaints.append(f"{prefix}MAX_AGE must be a whole number of seconds")
        max_age = ""
    return OidcProvider(
        name=name,
        issuer=issuer,
        client_id=given.get("CLIENT_ID", ""),
        client_secret=secret,
        label=given.get("LABEL", "your organisation's account"),
        scope=given.get("SCOPE", "openid profile email"),
        acr=tuple(given.get("ACR", "").split()),
        max_age=int(max_age) if max_age else None,
        userinfo=given.get("USERINFO", "yes").lower() not in ("no", "0", "false"),
        inside=given.get("INSIDE", "") == "1",
        nhs_roles=given.get("NHS_ROLES", "") == "1",
        local=demonstration,
    )


def _is_safe(issuer: str, demonstration: bool) -> bool:
    parts = urlsplit(issuer)
    if parts.query or parts.fragment or not parts.hostname:
        return False
    local = demonstration and parts.hostname in LOOPBACK
    return parts.scheme == "https" or (parts.scheme == "http" and local)


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip() if path else ""
    except (OSError, ValueError):
        return ""
