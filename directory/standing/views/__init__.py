"""The pages; importing this registers them on the blueprint."""

from directory.standing.blueprint import bp
from directory.standing.views import check, disclosure

__all__ = ["bp", "check", "disclosure"]
