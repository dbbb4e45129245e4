"""The root key: what wraps the branch keys, wherever it is kept."""

from typing import Protocol

from app.core.errors import Unavailable
from app.core.keys.key_file import Keys
from app.core.keys.wrapping import unwrap, wrap

RETRY_SECONDS = 30


class UnknownKey(Unavailable):
    """A row names a root key that this process was not given."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The root key {name} is not here", RETRY_SECONDS)


class RootKey(Protocol):
    """Wraps and unwraps; the key itself need not ever be in this process."""

    setting: str  # what says which key it is

    def newest(self) -> str:
        """The name of the key that wraps now."""

    def wrap(self, plain: bytes, about: bytes) -> tuple[str, bytes]:
        """The name of the key used, and `plain` wrapped for `about`."""

    def unwrap(self, name: str, wrapped: bytes, about: bytes) -> bytes:
        """The plain bytes again. Raises DoesNotOpen, or Unavailable when out of reach."""

    def rewrap(self, name: str, wrapped: bytes, about: bytes) -> tuple[str, bytes]:
        """The same under the newest key."""

    def renew(self) -> None:
        """Make a newer key. Raises Conflict saying how, where that is the operator's to do."""

    def forget_older(self) -> int:
        """Make the older keys unusable; how many. Raises Conflict like `renew`."""


class LocalRoot:
    """Root keys of our own, from a file or the environment."""

    setting = "TRELLIS_ROOT_KEY"

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
            raise UnknownKey(name)
        return unwrap(key, wrapped, about)

    def rewrap(self, name: str, wrapped: bytes, about: bytes) -> tuple[str, bytes]:
        """Unwrap, and wrap with the last key."""
        return self.wrap(self.unwrap(name, wrapped, about), about)

    def renew(self) -> None:
        """Add a key to the file."""
        self.keys.renew(self.setting)

    def forget_older(self) -> int:
        """Leave only the last key in the file."""
        return self.keys.forget_older(self.setting)
