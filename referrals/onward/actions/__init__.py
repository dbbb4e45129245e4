"""What a team does with onward referrals, and with signposts."""

from referrals.onward.actions import next_steps

__all__ = ["next_steps"]
