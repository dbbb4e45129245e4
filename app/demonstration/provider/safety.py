"""The refusals that keep this provider from ever being used in earnest."""

import ipaddress
import os
from urllib.parse import urlsplit


class NotADemonstrationError(Exception):
    """This provider lets anybody be anyone, so it serves one machine's demonstration only."""


def require_demonstration() -> None:
    """Raise NotADemonstrationError unless TRELLIS_DEMONSTRATION=1 was set on purpose."""
    if os.environ.get("TRELLIS_DEMONSTRATION") != "1":
        raise NotADemonstrationError(
            "The demonstration provider starts only with TRELLIS_DEMONSTRATION=1"
        )


def require_loopback(url: str) -> str:
    """Return `url`, or raise NotADemonstrationError when it leads off this machine."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.port or not _is_loopback(parts.hostname or ""):
        raise NotADemonstrationError(f"{url} is not http on a port of this machine")
    return url


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
