"""What ends: needs, referrals; and the messages that say so."""

from referrals.finish.actions import news

__all__ = ["news"]
