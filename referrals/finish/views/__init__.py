"""Pages of finishing, and of what was sent."""

from referrals.finish.blueprint import bp, sent
from referrals.finish.views import close, need, plan, sent_list, sent_one

__all__ = ["bp", "close", "need", "plan", "sent", "sent_list", "sent_one"]
