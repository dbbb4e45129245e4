"""The banner on every page for as long as a record is open in an emergency."""

from dataclasses import dataclass

from app.core import clock
from app.core.db import transaction
from app.identity.actor import Actor
from app.ui import banners
from app.ui.forms import SecureForm
from referrals.emergency.models.glass import GlassBreak
from referrals.emergency.queries import glass as glasses
from referrals.emergency.views.ask import PREFIX
from referrals.record.models.relationship import Standing

MINUTE = 60


@dataclass(frozen=True)
class Open:
    """One record that is open, the minutes left, and the form that closes it."""

    glass: GlassBreak
    minutes: int
    form: SecureForm


def read(actor: Actor) -> list[Open]:
    """What this actor has open in an emergency."""
    if Standing.BREAK_GLASS not in actor.reach:
        return []
    with transaction(actor):
        return [
            Open(one, _minutes(one), SecureForm(formdata=None, prefix=PREFIX))
            for one in glasses.open_now(actor)
        ]


def _minutes(glass: GlassBreak) -> int:
    left = (glass.until - clock.now()).total_seconds() if glass.until else 0
    return max(1, round(left / MINUTE))


banners.add(banners.Banner("emergency/banner.html", read))
