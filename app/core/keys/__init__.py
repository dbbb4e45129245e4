"""The hierarchy of keys: root key, branch keys, one data key a person."""

from app.core.keys.canary import WrongKey, check_canary
from app.core.keys.erased import is_erased
from app.core.keys.first_use import first_use
from app.core.keys.person import hold, is_gone, make_for, of, preload
from app.core.keys.ring import configure

__all__ = [
    "WrongKey",
    "check_canary",
    "configure",
    "first_use",
    "hold",
    "is_erased",
    "is_gone",
    "make_for",
    "of",
    "preload",
]
