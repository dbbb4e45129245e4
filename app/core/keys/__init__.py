"""The hierarchy of keys: root key, branch keys, one data key a person."""

from app.core.keys.person import hold, make_for, of, preload
from app.core.keys.ring import configure

__all__ = ["configure", "hold", "make_for", "of", "preload"]
