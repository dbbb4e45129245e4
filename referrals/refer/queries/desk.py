"""Read what the actor's own agency brings to a referral."""

from sqlalchemy import bindparam, or_, select

from app.core import clock
from app.core.db import session
from app.identity.actor import Actor
from app.identity.models.agency import Agency, AgencyKind, SharingAgreement
from app.identity.models.user import User
from referrals.refer.models.desk import Desk, Team

# Built once each: putting a statement together takes longer than running it.
DESK = (
    select(Agency.name, Agency.kind, Agency.ods_code, Agency.notice_email, User.email)
    .select_from(Agency)
    .join(User, User.id == bindparam("user_id"))
    .where(Agency.id == bindparam("agency_id"))
)
TEAMS = (
    select(Agency.id, Agency.name)
    .join(SharingAgreement, SharingAgreement.to_agency_id == Agency.id)
    .where(
        SharingAgreement.from_agency_id == bindparam("agency_id"),
        SharingAgreement.ended_at.is_(None),
        SharingAgreement.starts_on <= bindparam("today"),
        or_(SharingAgreement.ends_on.is_(None), SharingAgreement.ends_on >= bindparam("today")),
        Agency.kind == AgencyKind.LINK_WORKER_TEAM,
        Agency.active,
    )
    .distinct()
    .order_by(Agency.name)
)


def of(actor: Actor) -> Desk:
    """The actor's desk, in two queries."""
    known = {"agency_id": actor.agency_id, "user_id": actor.user_id}
    row = session.execute(DESK, known).one()
    practice = row.kind == AgencyKind.PRACTICE
    return Desk(
        agency_name=row.name,
        agency_kind=row.kind,
        reply_to=row.notice_email or row.email or row.name,
        practice_code=(row.ods_code or "") if practice else "",
        practice_name=row.name if practice else "",
        teams=_teams(actor),
    )


def _teams(actor: Actor) -> tuple[Team, ...]:
    known = {"agency_id": actor.agency_id, "today": clock.today()}
    return tuple(Team(row.id, row.name) for row in session.execute(TEAMS, known))
