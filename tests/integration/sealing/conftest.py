"""The database of the tests of sealing."""

from tests.fixtures_sealing import own_keys, owner, sealed

__all__ = ["own_keys", "owner", "sealed"]
