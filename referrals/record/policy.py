"""Who may see a referral, and the rules that the other parts of the journey build on.

A rule judges a referral in hand by its `standing`: how the actor's agency is related to it.
The database keeps the same rule for itself (migration 0005); a property test holds the two
to the same answer.
"""

from collections.abc import Iterable
from datetime import datetime

from app.access import Permission, rule
from app.core import clock
from app.identity.actor import Actor, Role
from referrals.record.models.referral import Referral
from referrals.record.models.relationship import Relationship, Standing


@rule("in the agency that sent it, as a referrer")
def sender(actor: Actor, referral: Referral) -> bool:
    return Standing.SOURCE in referral.standing & actor.reach


@rule("in the team that received it")
def receiver(actor: Actor, referral: Referral) -> bool:
    return Standing.HOLDER in referral.standing & actor.reach


@rule("within an hour of breaking the glass")
def broke_glass(actor: Actor, referral: Referral) -> bool:
    return Standing.BREAK_GLASS in referral.standing & actor.reach


@rule("the community referrer who holds it")
def link_worker(actor: Actor, referral: Referral) -> bool:
    return actor.is_a(Role.LINK_WORKER) and actor.user_id == referral.link_worker_id


@rule("a community referrer")
def a_link_worker(actor: Actor, _referral: Referral) -> bool:
    return actor.is_a(Role.LINK_WORKER)


@rule("a team lead")
def team_lead(actor: Actor, _referral: Referral) -> bool:
    return actor.is_a(Role.TEAM_LEAD)


@rule("asking about a referral that is still open")
def still_open(_actor: Actor, referral: Referral) -> bool:
    return referral.is_open


VIEW = Permission("view a referral", sender | receiver | broke_glass)
VIEW_PLAN = Permission("view the work on a referral", receiver | broke_glass)
WORK_ON = Permission("work on a referral", receiver & (link_worker | team_lead) & still_open)


def standing_of(
    actor: Actor, relationships: Iterable[Relationship], at: datetime | None = None
) -> frozenset[str]:
    """How the actor's agency is related to a referral, of the relationships given."""
    at = at or clock.now()
    return frozenset(
        one.role
        for one in relationships
        if one.agency_id == actor.agency_id
        and one.ended_at is None
        and (one.until is None or one.until > at)
        and (one.role != Standing.BREAK_GLASS or one.granted_by == actor.user_id)
    )
