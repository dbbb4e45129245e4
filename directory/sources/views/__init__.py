"""Pages of sources; importing this registers them on the blueprint."""

from directory.sources.blueprint import bp
from directory.sources.views import origin, reading, source

__all__ = ["bp", "origin", "reading", "source"]
