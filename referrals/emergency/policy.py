"""Who may open a record in an emergency."""

from app.access import Permission, rule
from app.identity.actor import Actor
from referrals.emergency.models.glass import GlassBreak
from referrals.record.policy import a_link_worker, team_lead


@rule("who opened it")
def opened_it(actor: Actor, glass: GlassBreak) -> bool:
    return glass.user_id == actor.user_id and glass.agency_id == actor.agency_id


BREAK_GLASS = Permission("open a record in an emergency", a_link_worker | team_lead)
END_EMERGENCY = Permission("end an emergency", opened_it)
