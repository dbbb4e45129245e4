"""The first administrator of an agency is appointed by an operator, as the owner of the database.

Nobody else is: an administrator lets them in, through the pages. It is never done quietly.
"""

import uuid

from app.core import audit, clock
from app.core.errors import Conflict, Invalid
from app.identity import notices
from app.identity.actions.founding import Owner
from app.identity.actor import Role
from app.identity.models.user import UserStatus

HAS_ONE = (
    "select exists (select from membership m join app_user u on u.id = m.user_id"
    " where m.agency_id = %s and m.ended_at is null and %s = any (m.roles) and u.status = %s)"
)
KNOWN = (
    "insert into app_user (id, created_at, name, issuer, subject, status)"
    " values (%s, %s, %s, %s, %s, %s) on conflict (issuer, subject) do update"
    " set status = excluded.status where app_user.status <> %s returning id"
)
MEMBER = (
    "insert into membership (id, created_at, user_id, agency_id, roles)"
    " values (%s, %s, %s, %s, array[%s]) on conflict (user_id, agency_id) where ended_at is null"
    " do update set roles = membership.roles || excluded.roles returning id"
)


def appoint(
    owner: Owner, agency_id: uuid.UUID, issuer: str, subject: str, *, name: str
) -> uuid.UUID:
    """Make whoever signs in as (issuer, subject) the administrator; returns the user.

    Raises:
        Conflict: the agency has an administrator, who lets others in.
        Invalid: this person was suspended.
    """
    with owner.transaction():
        owner.execute("select from agency where id = %s for no key update", [agency_id])
        held = [agency_id, str(Role.ADMINISTRATOR), UserStatus.ACTIVE]
        if any(owner.execute(HAS_ONE, held).fetchone() or ()):
            raise Conflict("The agency has an administrator. They let others in, on the pages.")
        user_id = _user(owner, issuer, subject, name)
        given = [uuid.uuid4(), clock.now(), user_id, agency_id, str(Role.ADMINISTRATOR)]
        ((membership_id,),) = owner.execute(MEMBER, given).fetchall()
        audit.by_operator(owner, "membership.appointed", agency_id, "membership", membership_id)
        notices.tell_watchers(owner, agency_id, notices.APPOINTED, besides=user_id)
    return user_id


def _user(owner: Owner, issuer: str, subject: str, name: str) -> uuid.UUID:
    said = [uuid.uuid4(), clock.now(), name, issuer, subject, UserStatus.ACTIVE]
    found = owner.execute(KNOWN, [*said, UserStatus.SUSPENDED]).fetchone()
    if found is None:
        raise Invalid("This person was suspended and cannot be appointed")
    return found[0]
