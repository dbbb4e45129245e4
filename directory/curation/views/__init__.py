"""The pages; importing this registers them on the blueprint."""

from directory.curation.blueprint import bp
from directory.curation.views import change, claim, duplicate, queue, report

__all__ = ["bp", "change", "claim", "duplicate", "queue", "report"]
