"""The files, and the map for search engines; importing this registers them."""

from directory.sharing.blueprint import bp, engines
from directory.sharing.views import bulk, sitemap

__all__ = ["bp", "bulk", "engines", "sitemap"]
