"""How much one user, agency or address may ask in a minute, from `TRELLIS_LIMIT_…`.

Addresses are only known behind as many proxies as `TRELLIS_TRUSTED_PROXIES` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Requests a minute: `user` on one route, `agency` on all, `signed_out` at the doors.

    `searches` are of one address in the directory and its open data.
    """

    user: int = 300
    agency: int = 6000
    signed_out: int = 600
    searches: int = 1200
    trusted_proxies: int = 0


def load(environment: Mapping[str, str], complaints: list[str]) -> Limits:
    """The limits in the environment; mistakes go to `complaints`."""
    usual = Limits()

    def number(name: str, otherwise: int, least: int) -> int:
        text = environment.get(f"TRELLIS_{name}", "").strip() or str(otherwise)
        if text.isascii() and text.isdigit() and int(text) >= least:
            return int(text)
        complaints.append(f"TRELLIS_{name} must be a whole number, {least} or more")
        return otherwise

    return Limits(
        user=number("LIMIT_USER", usual.user, 1),
        agency=number("LIMIT_AGENCY", usual.agency, 1),
        signed_out=number("LIMIT_SIGNED_OUT", usual.signed_out, 1),
        searches=number("LIMIT_SEARCHES", usual.searches, 1),
        trusted_proxies=number("TRUSTED_PROXIES", usual.trusted_proxies, 0),
    )
