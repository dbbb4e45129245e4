"""Record and end sharing agreements. Without one in force the database lets nothing through."""

import uuid
from dataclasses import dataclass
from datetime import date

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Conflict
from app.identity import assurance, policy
from app.identity.actor import Actor
from app.identity.models.agency import SharingAgreement
from config.acts import Act


@dataclass(frozen=True)
class Terms:
    """What two agencies have agreed: who sends to whom, what for, from when until when."""

    from_agency_id: uuid.UUID
    to_agency_id: uuid.UUID
    purpose: str
    starts_on: date
    ends_on: date | None = None


def record(actor: Actor, terms: Terms) -> SharingAgreement:
    """Write down an agreement of the actor's agency."""
    policy.RECORD_AGREEMENT.require(actor, terms)
    assurance.require(actor, Act.CHANGE_AGREEMENTS)
    made = SharingAgreement(**vars(terms))
    session.add(made)
    audit.record(actor, "agreement.recorded", made)
    return made


def end(actor: Actor, agreement: SharingAgreement) -> None:
    """End an agreement now.

    Raises:
        Conflict: it was ended before.
    """
    policy.END_AGREEMENT.require(actor, agreement)
    assurance.require(actor, Act.CHANGE_AGREEMENTS)
    if agreement.ended_at is not None:
        raise Conflict("This agreement has been ended already")
    agreement.ended_at = clock.now()
    audit.record(actor, "agreement.ended", agreement)
