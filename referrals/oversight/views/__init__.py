"""Pages of a privacy officer; importing them puts them into the blueprints."""

from referrals.oversight.blueprint import bp, log
from referrals.oversight.views import access, emergency, index, persons_log, record

__all__ = ["access", "bp", "emergency", "index", "log", "persons_log", "record"]
