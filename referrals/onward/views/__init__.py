"""Pages of referring on."""

from referrals.onward.blueprint import bp
from referrals.onward.views import find, follow, overview, send, signpost

__all__ = ["bp", "find", "follow", "overview", "send", "signpost"]
