"""Write a safeguarding note, change it, and say who may read it.

Nothing goes into the history of the referral: that there is a note is itself only for those named.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Invalid
from app.identity.actor import Actor
from referrals.record.models.referral import Referral
from referrals.safeguarding import policy
from referrals.safeguarding.models.note import SafeguardingNote, SafeguardingWords
from referrals.safeguarding.queries import note as notes


@dataclass(frozen=True)
class NoteDraft:
    """What the note says, and whom it names besides its writer."""

    concern: str
    comment: str
    noticed_on: date
    ended_on: date | None
    hidden_from_person: bool
    readers: Sequence[uuid.UUID]


def add(actor: Actor, referral: Referral, draft: NoteDraft) -> SafeguardingNote:
    """Write it down. Raises Denied, or Invalid when a date or a reader does not fit."""
    policy.ADD_NOTE.require(actor, referral)
    _check(actor, draft)
    made = SafeguardingNote(
        referral_id=referral.id,
        person_id=referral.person_id,
        agency_id=actor.agency_id,
        user_id=actor.user_id,
        readers=_with(actor, draft.readers),
        hidden_from_person=draft.hidden_from_person,
        noticed_on=draft.noticed_on,
        ended_on=draft.ended_on,
        words=SafeguardingWords(draft.concern, draft.comment),
    )
    session.add(made)
    audit.record(actor, "safeguarding_note.added", made)
    return made


def change(actor: Actor, note: SafeguardingNote, draft: NoteDraft) -> None:
    """Say it otherwise, or to others. Whoever changes it stays among its readers."""
    policy.CHANGE_NOTE.require(actor, note)
    _check(actor, draft, note.readers)
    readers = _with(actor, draft.readers)
    if set(readers) != set(note.readers):
        audit.record(actor, "safeguarding_note.readers_changed", note)
    note.readers, note.hidden_from_person = readers, draft.hidden_from_person
    note.ended_on = draft.ended_on
    note.words = SafeguardingWords(draft.concern, draft.comment)
    audit.record(actor, "safeguarding_note.changed", note)


def read(actor: Actor, found: Sequence[SafeguardingNote]) -> None:
    """Note in the audit trail that the actor is shown these. Raises Denied."""
    for one in found:
        policy.READ_NOTE.require(actor, one)
        audit.record(actor, "safeguarding_note.read", one)


def _with(actor: Actor, readers: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    return sorted({actor.user_id, *readers})


def _check(actor: Actor, draft: NoteDraft, already: Sequence[uuid.UUID] = ()) -> None:
    known = {user_id for user_id, _name, _leads in notes.colleagues(actor, already)}
    if not set(draft.readers) <= known:
        raise Invalid("Choose the readers from the people shown.")
    if draft.noticed_on > clock.today():
        raise Invalid("The concern must have been noticed today or in the past.")
    if draft.ended_on and not draft.noticed_on <= draft.ended_on <= clock.today():
        raise Invalid("It must have ended after it was noticed, and not in the future.")
