"""The pages of a privacy officer. Importing this package makes them known to the blueprint."""

from referrals.retention.actions import ending
from referrals.retention.blueprint import bp
from referrals.retention.views import erasure, hold, index, person

__all__ = ["bp", "ending", "erasure", "hold", "index", "person"]
