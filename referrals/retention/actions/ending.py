"""When support ends: whether the person was a child then, which decides how long it is kept."""

from datetime import date

from sqlalchemy import func, select

from app.core import clock
from app.core.db import session
from app.core.sealing import entries
from app.identity.actor import Actor
from app.ui.words.days import age
from referrals.record.actions import event
from referrals.record.models.event import ReferralEvent
from referrals.record.models.referral import Referral

GROWN_UP = 18


@event.heard
def note_child(_actor: Actor, referral: Referral, _heard: ReferralEvent) -> None:
    """Keep the year of birth of a child, and of nobody else; what does not open tells nothing."""
    if referral.is_open:
        return
    who = entries([referral.person], lambda row: row.identity.date_of_birth)[0]
    if who.damaged:
        return
    year = child_born(who.value, clock.today())
    session.execute(select(func.trellis.keep_child_born(referral.id, year)))


def child_born(born: date | None, today: date) -> int | None:
    """The year in which a child was born; None for who is grown up, or of no known age."""
    return born.year if born and age(born, today) < GROWN_UP else None
