"""Pages of safeguarding notes; importing them puts them into the blueprint."""

from referrals.safeguarding.blueprint import bp
from referrals.safeguarding.views import note

__all__ = ["bp", "note"]
