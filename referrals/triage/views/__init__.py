"""Pages of triage; importing them puts them into the blueprint."""

from referrals.triage.blueprint import bp
from referrals.triage.views import allocate, answer, bulk, judge, pause, queue

__all__ = ["allocate", "answer", "bp", "bulk", "judge", "pause", "queue"]
