"""The keys that this process was started with."""

from dataclasses import dataclass

from app.core.errors import Unavailable
from app.core.keys.key_file import Keys
from app.core.keys.root import LocalRoot, RootKey
from config.settings import Settings


@dataclass(frozen=True)
class Ring:
    """The root key and, apart from every encryption key, the keys of the indexes."""

    root: RootKey
    index: Keys


_ring: list[Ring] = []


def configure(settings: Settings) -> Ring:
    """Use the keys that the settings name."""
    root = LocalRoot(Keys(settings.root_keys, settings.root_key_file))
    return use(Ring(root, Keys(settings.index_keys, settings.index_key_file)))


def use(ring: Ring) -> Ring:
    """Use these keys from now on."""
    _ring[:] = [ring]
    return ring


def ring() -> Ring:
    """The keys in use. Raises Unavailable when there are none."""
    if not _ring:
        raise Unavailable("The keys are not configured")
    return _ring[0]
