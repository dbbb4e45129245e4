"""Let people in, change what they may do, and see them out. It counts from their next request."""

import uuid
from collections.abc import Iterable

from app.core import audit, clock, jobs
from app.core.db import session
from app.core.errors import Conflict, Invalid, NotFound
from app.identity import assurance, notices, policy
from app.identity.actions import web_session
from app.identity.actor import Actor, Role
from app.identity.models.agency import Agency, AgencyKind
from app.identity.models.user import Membership, User, UserStatus
from app.identity.queries import membership as memberships
from config.acts import Act


def let_in(actor: Actor, user: User, roles: Iterable[Role]) -> Membership:
    """Make somebody who is waiting a member of the actor's agency.

    Raises:
        Invalid: no role, or one that an agency of this kind does not give.
    """
    policy.LET_IN.require(actor, user)
    assurance.require(actor, Act.CHANGE_MEMBERS)
    made = Membership(user_id=user.id, agency_id=actor.agency_id, roles=_words(actor, roles))
    session.add(made)
    user.status, user.wanted_agency_id = UserStatus.ACTIVE, None
    audit.record(actor, "membership.began", made, reason=", ".join(made.roles))
    return made


def turn_away(actor: Actor, user: User) -> None:
    """Tell somebody who is waiting that they are not of this agency."""
    policy.LET_IN.require(actor, user)
    user.wanted_agency_id = None
    audit.record(actor, "membership.refused", user)


def change_roles(actor: Actor, membership: Membership, roles: Iterable[Role]) -> None:
    """Replace a member's roles; whoever gives themselves one is not the only one to know.

    Raises:
        Conflict: it would leave the agency without an administrator.
    """
    policy.CHANGE_MEMBER.require(actor, membership)
    assurance.require(actor, Act.CHANGE_MEMBERS)
    wanted = _words(actor, roles)
    if Role.ADMINISTRATOR not in wanted:
        _keep_an_administrator(actor, membership)
    more = set(wanted) - set(membership.roles)
    membership.roles = wanted
    audit.record(actor, "membership.changed", membership, reason=", ".join(wanted))
    if more and membership.user_id == actor.user_id:
        notices.tell_watchers(jobs.raw(), actor.agency_id, notices.OWN_ROLES, actor.user_id)


def remove(actor: Actor, membership: Membership) -> None:
    """End a membership.

    Raises:
        Conflict: it would leave the agency without an administrator.
    """
    policy.CHANGE_MEMBER.require(actor, membership)
    assurance.require(actor, Act.CHANGE_MEMBERS)
    _keep_an_administrator(actor, membership)
    membership.ended_at = clock.now()
    audit.record(actor, "membership.ended", membership)


def end_session(actor: Actor, membership: Membership, session_id: uuid.UUID) -> None:
    """End one of a member's sessions in the actor's agency."""
    policy.CHANGE_MEMBER.require(actor, membership)
    if not web_session.end_of_user(membership.user_id, session_id, actor.agency_id):
        raise NotFound("There is no such session")
    audit.record(actor, "session.ended_by_administrator", membership)


def _words(actor: Actor, roles: Iterable[Role]) -> list[str]:
    wanted = set(roles)
    if not wanted:
        raise Invalid("Choose at least one role")
    kind = AgencyKind(session.get_one(Agency, actor.agency_id).kind)
    if beyond := wanted - policy.MAY_HAVE[kind]:
        raise Invalid(f"Nobody of a {kind} can be a {min(beyond)}")
    return sorted(str(role) for role in wanted)


def _keep_an_administrator(actor: Actor, membership: Membership) -> None:
    administers = Role.ADMINISTRATOR in membership.roles
    if administers and not memberships.other_administrators(actor, membership):
        raise Conflict("An agency needs an administrator. Make somebody else one first.")
