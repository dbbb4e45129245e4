"""Counts as a page and as a file."""

from referrals.report.blueprint import bp
from referrals.report.views import counts

__all__ = ["bp", "counts"]
