"""The pages of finding; importing this registers them on the directory's blueprint."""

from directory.finding.views import find, week

__all__ = ["find", "week"]
