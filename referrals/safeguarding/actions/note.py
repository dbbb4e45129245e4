"""Write a safeguarding note, change it, and say who may read it.

Nothing goes into the history of the referral: that there is a note is itself only for those named,
who hear by e-mail that there is something to read.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.identity.actor import Actor
from referrals.record.models.referral import Referral
from referrals.record.notices import Notice, tell_user
from referrals.safeguarding import policy
from referrals.safeguarding.models.note import SafeguardingNote, SafeguardingWords
from referrals.safeguarding.queries import note as notes

ALONE = "Name somebody else of your team, so that the note is not lost if you leave"
CHANGED = "Somebody else changed this note while your page was open."


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
    made = _written(actor, referral, draft)
    audit.record(actor, "safeguarding_note.added", made)
    _tell(referral, made, {actor.user_id})
    return made


def change(
    actor: Actor, referral: Referral, note: SafeguardingNote, draft: NoteDraft
) -> SafeguardingNote:
    """Say it otherwise, or to others, in a later note; the earlier one can be read beside it.

    Whoever changes it stays among its readers. Raises Conflict when it has been changed before.
    """
    policy.CHANGE_NOTE.require(actor, note)
    if not note.stands:
        raise Conflict(CHANGED)
    _check(actor, draft, note.readers)
    named = set(note.readers)
    note.stands = False
    made = _written(actor, referral, draft, note)
    for one in notes.before(made, notes.of(actor, referral)):
        one.readers = made.readers
    if set(made.readers) != named:
        audit.record(actor, "safeguarding_note.readers_changed", note)
    audit.record(actor, "safeguarding_note.changed", made)
    _tell(referral, made, named | {actor.user_id})
    return made


def read(actor: Actor, found: Sequence[SafeguardingNote]) -> None:
    """Note in the audit trail that the actor is shown these. Raises Denied."""
    for one in found:
        policy.READ_NOTE.require(actor, one)
        audit.record(actor, "safeguarding_note.read", one)


def _written(
    actor: Actor, referral: Referral, draft: NoteDraft, corrects: SafeguardingNote | None = None
) -> SafeguardingNote:
    made = SafeguardingNote(
        referral_id=referral.id,
        person_id=referral.person_id,
        agency_id=actor.agency_id,
        user_id=actor.user_id,
        readers=sorted({actor.user_id, *draft.readers}),
        hidden_from_person=draft.hidden_from_person,
        noticed_on=draft.noticed_on,
        ended_on=draft.ended_on,
        corrects_id=corrects and corrects.id,
        words=SafeguardingWords(draft.concern, draft.comment),
    )
    session.add(made)
    return made


def _check(actor: Actor, draft: NoteDraft, already: Sequence[uuid.UUID] = ()) -> None:
    known = {user_id for user_id, _name, _leads in notes.colleagues(actor, already)}
    if not set(draft.readers) <= known:
        raise Invalid("Choose the readers from the people shown.")
    here = {user_id for user_id, _name, _leads in notes.colleagues(actor)} - {actor.user_id}
    if here and not here & set(draft.readers):
        raise Invalid(ALONE)
    if draft.noticed_on > clock.today():
        raise Invalid("The concern must have been noticed today or in the past.")
    if draft.ended_on and not draft.noticed_on <= draft.ended_on <= clock.today():
        raise Invalid("It must have ended after it was noticed, and not in the future.")


def _tell(referral: Referral, note: SafeguardingNote, knowing: set[uuid.UUID]) -> None:
    for user_id in set(note.readers) - knowing:
        tell_user(user_id, Notice.NOTE_TO_READ, referral.reference)
