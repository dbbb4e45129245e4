"""Pages of an emergency; importing them puts them into the blueprint."""

from referrals.emergency.blueprint import bp
from referrals.emergency.views import ask, banner

__all__ = ["ask", "banner", "bp"]
