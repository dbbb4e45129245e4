"""What ends: needs, referrals; and the messages that say so."""

from referrals.finish.actions import message

__all__ = ["message"]
