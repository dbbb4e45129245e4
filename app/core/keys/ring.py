"""The keys that this process was started with."""

from dataclasses import dataclass
from importlib import import_module

from app.core.errors import Unavailable
from app.core.keys.key_file import Keys
from app.core.keys.moving_root import MovingRoot
from app.core.keys.root import LocalRoot, RootKey
from app.core.keys.vault_transit import VaultRoot
from config.environment import SettingsError
from config.key_store import KmsStore, VaultStore
from config.settings import Settings


@dataclass(frozen=True)
class Ring:
    """The root key and, apart from every encryption key, the keys of the indexes."""

    root: RootKey
    index: Keys


_ring: list[Ring] = []


def configure(settings: Settings) -> Ring:
    """Use the keys that the settings name."""
    return use(Ring(_root(settings), Keys(settings.index_keys, settings.index_key_file)))


def _root(settings: Settings) -> RootKey:
    own = LocalRoot(Keys(settings.root_keys, settings.root_key_file))
    store = settings.key_store
    if store is None:
        return own
    root = VaultRoot(store) if isinstance(store, VaultStore) else _kms(store)
    return MovingRoot(own, root) if settings.root_keys else root


def _kms(store: KmsStore) -> RootKey:
    try:  # boto3 is an extra, and large: only who asks for it has it
        root: RootKey = import_module("app.core.keys.aws_kms").KmsRoot(store)
    except ModuleNotFoundError:
        raise SettingsError("TRELLIS_ROOT_KEY_STORE=aws-kms needs the extra `kms`") from None
    return root


def use(ring: Ring) -> Ring:
    """Use these keys from now on."""
    _ring[:] = [ring]
    return ring


def ring() -> Ring:
    """The keys in use. Raises Unavailable when there are none."""
    if not _ring:
        raise Unavailable("The keys are not configured")
    return _ring[0]
