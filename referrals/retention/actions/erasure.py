"""Erase a person: one officer proposes, another approves, and the database checks both."""

from sqlalchemy import func, select

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Conflict
from app.identity import assurance
from app.identity.actor import Actor
from config.acts import Act
from config.retention import Retention
from referrals.record.notices import Notice, tell_agency, tell_user
from referrals.retention.models.erasure import Erasure, State
from referrals.retention.models.kept import Kept
from referrals.retention.policy import APPROVE, PROPOSE, WITHDRAW
from referrals.retention.queries import erasure as erasures
from referrals.retention.queries import hold as holds

TOO_EARLY = "This record has to be kept longer: a referral is open, or its time is not over"
HELD = "This record is under a legal hold. Nothing was erased"


def propose(actor: Actor, kept: Kept) -> Erasure:
    """Ask another privacy officer to agree.

    Raises:
        Conflict: the time is not over, or it is held, proposed or erased already.
    """
    PROPOSE.require(actor)
    assurance.require(actor, Act.ERASE_PERSON)
    require_ready(actor, kept)
    if erasures.of_person(actor, kept.person_id) is not None:
        raise Conflict("The erasure of this record was proposed already")
    proposal = Erasure(
        person_id=kept.person_id,
        agency_id=actor.agency_id,
        proposed_by=actor.user_id,
        rule=kept.rule,
        due_on=kept.due_on,
        refs=kept.refs,
    )
    session.add(proposal)
    audit.record(actor, "erasure.proposed", proposal)
    officers = session.scalars(select(func.trellis.officers_of(kept.person_id)))
    for user_id in set(officers) - {actor.user_id}:
        tell_user(user_id, Notice.ERASURE_WAITING, _about(proposal))
    return proposal


def withdraw(actor: Actor, proposal: Erasure) -> None:
    """Leave the record as it is."""
    WITHDRAW.require(actor, proposal)
    proposal.status = State.WITHDRAWN
    proposal.decided_at, proposal.decided_by = clock.now(), actor.user_id
    audit.record(actor, "erasure.withdrawn", proposal)
    if actor.user_id != proposal.proposed_by:
        tell_user(proposal.proposed_by, Notice.ERASURE_WITHDRAWN, _about(proposal))


def approve(actor: Actor, proposal: Erasure, kept: Kept, retention: Retention) -> None:
    """Destroy the person's key and index rows, empty what was sealed, tell who has copies.

    Raises:
        Denied: the actor proposed it.
        ProofNeeded: the sign-in is too old.
        Conflict: used again meanwhile, or under a legal hold.
    """
    APPROVE.require(actor, proposal)
    assurance.require(actor, Act.ERASE_PERSON)
    require_ready(actor, kept)
    rules = (retention.adult_years, retention.child_age, retention.declined_years)
    today = clock.today()
    erase = func.trellis.erase(proposal.id, *rules, today, retention.backup_days)
    agencies = session.scalar(select(erase)) or []
    session.refresh(proposal)
    audit.record(actor, "erasure.done", proposal)
    for agency_id in agencies:
        tell_agency(agency_id, Notice.WITHDRAWN)
    tell_user(proposal.proposed_by, Notice.ERASURE_DONE, _about(proposal))


def require_ready(actor: Actor, kept: Kept) -> None:
    """Raise Conflict, with the reason, when the record must stay."""
    if holds.held(actor, [kept.person_id]):
        raise Conflict(HELD)
    if not kept.is_due(clock.today()):
        raise Conflict("This record was erased already" if kept.erased else TOO_EARLY)


def _about(proposal: Erasure) -> str:
    return ", ".join(proposal.refs)
