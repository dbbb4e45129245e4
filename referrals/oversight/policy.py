"""What a privacy officer may do, and who may hand a person their log."""

from typing import Any

from app.access import Permission, rule
from app.identity.actor import Actor, Role
from referrals.record.policy import a_link_worker, receiver, team_lead


@rule("a privacy officer")
def privacy_officer(actor: Actor, _subject: Any) -> bool:
    return actor.is_a(Role.PRIVACY_OFFICER)


@rule("of the agency it happened in")
def own_agency(actor: Actor, subject: Any) -> bool:
    return bool(subject.agency_id == actor.agency_id)


@rule("not the one it is about")
def another(actor: Actor, subject: Any) -> bool:
    return bool(subject.user_id != actor.user_id)


OVERSEE = Permission("look into who has seen what", privacy_officer)
JUDGE_EMERGENCY = Permission("judge an emergency", privacy_officer & own_agency & another)
JUDGE_ACCESS = Permission("judge unusual access", privacy_officer & own_agency & another)
SEE_LOG = Permission(
    "give a person the list of who has seen their record", receiver & (a_link_worker | team_lead)
)
