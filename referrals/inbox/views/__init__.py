"""What a coordinator sees."""

from referrals.inbox.blueprint import bp
from referrals.inbox.views import answer, index, show, withdrawal

__all__ = ["answer", "bp", "index", "show", "withdrawal"]
