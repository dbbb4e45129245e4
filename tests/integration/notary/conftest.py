"""A trail and a tree of these tests' own."""

from tests.fixtures_ledger import apart, trail

__all__ = ["apart", "trail"]
