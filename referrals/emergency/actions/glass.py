"""Open a record in an emergency, and end that.

Looking up and opening are one step in the database: before it nothing is learnt, and after it
there is a line in the audit trail and one for the privacy officer to judge.
"""

import enum
import uuid
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA

from app.core import audit, blind_index
from app.core.blind_index import Terms
from app.core.db import session
from app.core.errors import Conflict
from app.identity import assurance
from app.identity.actor import Actor
from config.acts import Act
from config.settings import Settings
from referrals.emergency import notices, policy
from referrals.emergency.models.glass import GlassBreak, GlassWords, Why
from referrals.record.models.referral import new_reference


class Outcome(enum.StrEnum):
    """What came of it."""

    OPENED = "opened"
    NOBODY = "nobody"
    KNOWN = "known"
    LIMIT = "limit"


@dataclass(frozen=True)
class Emergency:
    """Whom it is about, in one of three ways, and why the record is needed at once."""

    why: Why
    words: str
    reference: str = ""
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True)
class Answer:
    """What came of it, and the referral that is open now."""

    outcome: Outcome
    referral_id: uuid.UUID | None = None


def open_record(actor: Actor, emergency: Emergency, settings: Settings) -> Answer:
    """Open the latest referral of that person for an hour, and let the privacy officers know.

    Raises:
        Denied: the actor is neither a community referrer nor a team lead.
        ProofNeeded: they signed in too long ago.
    """
    policy.BREAK_GLASS.require(actor)
    assurance.require(actor, Act.BREAK_GLASS)
    break_id = uuid.uuid4()
    row = _ask(break_id, emergency, settings.emergency_daily_limit)
    outcome = Outcome(row.outcome)
    if outcome is Outcome.LIMIT:
        return Answer(outcome)
    made = session.get_one(GlassBreak, break_id)
    if outcome is Outcome.OPENED:
        made.words = GlassWords(emergency.words)
        audit.record(actor, "referral.glass_words_kept", made)
    notices.glass_broken([actor.agency_id], made.reference)
    if row.holder != actor.agency_id:
        notices.glass_broken([row.holder], made.referral_reference or "")
    return Answer(outcome, row.opened_referral)


def end(actor: Actor, glass: GlassBreak) -> None:
    """Close the record again before the hour is over. Raises Conflict when it has closed."""
    policy.END_EMERGENCY.require(actor, glass)
    if glass.is_over:
        raise Conflict("This record has closed already.")
    session.execute(sa.select(sa.func.trellis.end_emergency(glass.id)))
    audit.record(actor, "referral.glass_ended", glass)


def _ask(break_id: uuid.UUID, emergency: Emergency, limit: int) -> Any:
    kind, digests = blind_index.every_digest(emergency.terms)
    asked = sa.func.trellis.open_in_emergency(
        break_id,
        new_reference(),
        emergency.why.value,
        emergency.reference,
        kind,
        sa.cast(digests, ARRAY(BYTEA)),
        limit,
    ).table_valued("outcome", "opened_referral", "opened_person", "holder")
    return session.execute(sa.select(asked)).one()
