"""The pages; importing this registers them on the blueprint."""

from directory.freshness.blueprint import bp
from directory.freshness.views import answer, report, send

__all__ = ["answer", "bp", "report", "send"]
