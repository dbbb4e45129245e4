"""Begin a draft, keep what was typed, throw it away."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from app.core import audit, keys
from app.core.db import session
from app.identity.actor import Actor
from referrals.record.actions import event, next_step
from referrals.record.models.person import Contact, Identity, Person, Requirements
from referrals.record.models.referral import DraftAnswers, Narrative, Referral
from referrals.record.models.relationship import Standing
from referrals.record.models.status import Reason, Status
from referrals.refer.policy import EDIT_DRAFT, REFER
from referrals.refer.queries import known

Typed = Mapping[str, Any]
Pages = Mapping[str, dict[str, Any]]


def begin(actor: Actor, pages: Mapping[str, Typed], person: Person | None = None) -> Referral:
    """A new draft with these pages: of somebody new, or of `person` whom the agency knows."""
    REFER.require(actor)
    previous_id = known.latest_ended(actor, person.id) if person else None
    person = person or _somebody_new(actor)
    referral_id = uuid.uuid4()
    # The relationship first: without it the database lets nobody write the referral.
    session.execute(select(func.trellis.open_referral(referral_id, person.id)))
    session.add(person)
    referral = Referral(
        id=referral_id,
        person_id=person.id,
        person=person,
        from_agency_id=actor.agency_id,
        created_by=actor.user_id,
        previous_id=previous_id,
        narrative=Narrative(),
        draft=DraftAnswers({name: dict(typed) for name, typed in pages.items()}),
    )
    referral.standing = frozenset({Standing.SOURCE})  # type: ignore[misc]
    session.add(referral)
    audit.record(actor, "referral.drafted", referral)
    return referral


def keep(actor: Actor, draft: Referral, page: str, typed: Typed) -> None:
    """Keep what was typed on one page, mistakes included."""
    EDIT_DRAFT.require(actor, draft)
    pages = draft.draft.pages if draft.draft else {}
    draft.draft = DraftAnswers({**pages, page: dict(typed)})
    audit.record(actor, "referral.draft_kept", draft)


def continue_as(actor: Actor, draft: Referral, person: Person, said: Pages) -> Referral:
    """Go on with a draft as one of `person`, whom the agency knows; `said` fills its gaps."""
    EDIT_DRAFT.require(actor, draft)
    typed = draft.draft.pages if draft.draft else {}
    who = said["who"] | {name: text for name, text in typed.get("who", {}).items() if any(text)}
    continued = begin(actor, {**said, **typed, "who": who}, person)
    throw_away(actor, draft, Reason.DUPLICATE)
    return continued


def throw_away(actor: Actor, draft: Referral, reason: Reason, words: str = "") -> None:
    """Give a draft up, with a reason; its answers are forgotten."""
    EDIT_DRAFT.require(actor, draft)
    draft.draft = None
    draft.move(Status.CANCELLED, reason)
    event.add(actor, draft, "draft thrown away", words)
    next_step.refresh(draft)
    audit.record(actor, "referral.draft_thrown_away", draft, reason=reason)


def _somebody_new(actor: Actor) -> Person:
    person_id = uuid.uuid4()
    keys.make_for(person_id)
    return Person(
        id=person_id,
        agency_id=actor.agency_id,
        identity=Identity(),
        contact=Contact(),
        requirements=Requirements(),
    )
