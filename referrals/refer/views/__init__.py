"""What a referrer sees, page by page."""

from referrals.refer.blueprint import bp
from referrals.refer.views import check, fill, known, sent, start, throw_away

__all__ = ["bp", "check", "fill", "known", "sent", "start", "throw_away"]
