"""Every page about signing in and about who belongs to an agency."""

from app.identity.blueprint import bp
from app.identity.views import (
    account,
    agency,
    agreements,
    back_channel,
    people,
    proof,
    settings,
    sign_in,
    sign_out,
    waiting,
)

__all__ = [
    "account",
    "agency",
    "agreements",
    "back_channel",
    "bp",
    "people",
    "proof",
    "settings",
    "sign_in",
    "sign_out",
    "waiting",
]
