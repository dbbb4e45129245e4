"""The root key: what wraps the branch keys, wherever it is kept.

A further key store (a cloud's key service, a transit engine) is one more class like
`LocalRoot`: it knows which of its keys wraps now, and can say `Unavailable`.
"""

from typing import Protocol

from app.core.errors import Unavailable
from app.core.keys.key_file import Keys
from app.core.keys.wrapping import unwrap, wrap

RETRY_SECONDS = 30


class UnknownKey(Unavailable):
    """A row names a root key that this process was not given."""


class RootKey(Protocol):
    """Wraps and unwraps; the key itself need not ever be in this process."""

    def newest(self) -> str:
        """The name of the key that wraps now."""

    def wrap(self, plain: bytes, about: bytes) -> tuple[str, bytes]:
        """The name of the key used, and `plain` wrapped for `about`."""

    def unwrap(self, name: str, wrapped: bytes, about: bytes) -> bytes:
        """The plain bytes again. Raises DoesNotOpen, or Unavailable when out of reach."""


class LocalRoot:
    """Root keys of our own, from a file or the environment."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys

    def newest(self) -> str:
        """The name of the last key in the file."""
        return self.keys.newest()[0]

    def wrap(self, plain: bytes, about: bytes) -> tuple[str, bytes]:
        """Wrap with the last key in the file."""
        name, key = self.keys.newest()
        return name, wrap(key, plain, about)

    def unwrap(self, name: str, wrapped: bytes, about: bytes) -> bytes:
        """Unwrap with the key of that name and no other."""
        key = self.keys.all().get(name)
        if key is None:
            raise UnknownKey(f"The root key {name} is not here", RETRY_SECONDS)
        return unwrap(key, wrapped, about)
