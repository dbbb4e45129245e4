"""Who may change who is in an agency, and what it has agreed."""

from typing import Any

from app.access import Permission, rule
from app.identity.actor import Actor, Role
from app.identity.models.agency import AgencyKind

EVERYWHERE = frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
REFERRING = EVERYWHERE | {Role.REFERRER}
SUPPORTING = REFERRING | {Role.LINK_WORKER, Role.TEAM_LEAD}
# The whole directory and everybody's counts are not an administrator's to give away elsewhere.
MAY_HAVE = {
    AgencyKind.PRACTICE: REFERRING,
    AgencyKind.REFERRER: REFERRING,
    AgencyKind.LINK_WORKER_TEAM: SUPPORTING,
    AgencyKind.VOLUNTARY: SUPPORTING | {Role.COORDINATOR},
    AgencyKind.COMMISSIONER: EVERYWHERE | {Role.COMMISSIONER, Role.CURATOR},
    AgencyKind.COUNCIL: frozenset(Role),
}


@rule("an administrator")
def administrator(actor: Actor, _subject: Any) -> bool:
    """Whether the actor administers the agency they act for."""
    return actor.is_a(Role.ADMINISTRATOR)


@rule("acting for the agency it is about")
def own_agency(actor: Actor, subject: Any) -> bool:
    """Whether a membership is of the actor's agency, or a user asks to be let into it."""
    agency_id = getattr(subject, "agency_id", None) or getattr(subject, "wanted_agency_id", None)
    return bool(agency_id == actor.agency_id)


@rule("acting for that agency")
def own(actor: Actor, agency: Any) -> bool:
    """Whether the agency is the one the actor acts for."""
    return bool(agency.id == actor.agency_id)


@rule("acting for one of its two agencies")
def party(actor: Actor, agreement: Any) -> bool:
    """Whether the agreement binds the actor's agency."""
    return actor.agency_id in (agreement.from_agency_id, agreement.to_agency_id)


@rule("asking about their own session")
def own_session(actor: Actor, web_session: Any) -> bool:
    """Whether the session is the actor's."""
    return bool(web_session.user_id == actor.user_id)


SETTLE_AGENCY = Permission("change an agency's settings", administrator & own)
SEE_PEOPLE = Permission("see the people of an agency", administrator)
LET_IN = Permission("let somebody into an agency", administrator & own_agency)
CHANGE_MEMBER = Permission("change or end a membership", administrator & own_agency)
SEE_AGREEMENTS = Permission("see an agency's sharing agreements", administrator)
RECORD_AGREEMENT = Permission("record a sharing agreement", administrator & party)
END_AGREEMENT = Permission("end a sharing agreement", administrator & party)
END_OWN_SESSION = Permission("end a session of one's own", own_session)
