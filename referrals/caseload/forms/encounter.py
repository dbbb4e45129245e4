"""The encounter form."""

from typing import Any

from wtforms import Field, ValidationError

from app.core import clock
from app.ui.fields import (
    ChoiceField,
    ChoicesField,
    DatePartsField,
    NumberField,
    PickField,
    WordsField,
)
from app.ui.forms import SecureForm
from referrals.caseload.actions.encounter import EncounterDraft
from referrals.caseload.models.encounter import (
    IN_PERSON,
    Encounter,
    Kind,
    Outcome,
    Place,
    Present,
)
from referrals.caseload.words import KINDS, OUTCOMES, PLACES, PRESENT

NONE_AGREED = "Leave empty if none is agreed. For example, 27 3 2027"


class MistakeForm(SecureForm):
    """An encounter that did not happen, or not with this person."""

    why = WordsField(
        "What went wrong?",
        hint="For example, it belongs to somebody else. Do not name anybody else here.",
        required="Say what went wrong",
    )


class EncounterForm(SecureForm):
    """One contact with the person, or an attempt at one."""

    held_on = DatePartsField(
        "When was it?",
        default=clock.today,
        required="Enter the date of the encounter",
        must_be="today or past",
    )
    kind = ChoiceField("How?", Kind, words=KINDS, required="Select how you were in contact")
    place = PickField(
        "Where?",
        Place,
        words=PLACES,
        only=[one for one in Place if one is not Place.REMOTE],
        blank="Not in person",
    )
    outcome = ChoiceField(
        "What came of it?", Outcome, words=OUTCOMES, required="Select what came of it"
    )
    present = ChoicesField("Who else was there?", Present, words=PRESENT)
    minutes = NumberField("How many minutes did it take?", low=0, high=600)
    note = WordsField("Note", hint="What was said and agreed. They may ask to read it.")
    follow_up_on = DatePartsField(
        "When is the next contact?",
        must_be="today or future",
        hint=NONE_AGREED,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Who met somebody met them somewhere."""
        right = bool(super().validate(extra_validators))
        if self.kind.data in IN_PERSON and self.place.data is None and not self.place.errors:
            self.place.errors, right = ["Choose where you met"], False
        return right

    def validate_follow_up_on(self, field: Field) -> None:
        """It comes after the encounter itself."""
        held_on: Any = self.held_on.data
        if field.data and held_on and field.data <= held_on:
            raise ValidationError("The next contact must come after this encounter")

    def to_draft(self) -> EncounterDraft:
        """What was filled in, as the action takes it."""
        return EncounterDraft(
            held_on=self.held_on.data,
            kind=self.kind.data,
            outcome=self.outcome.data,
            place=self.place.data or Place.REMOTE,
            present=self.present.data,
            minutes=self.minutes.data,
            note=self.note.data,
            follow_up_on=self.follow_up_on.data,
        )


class CorrectionForm(EncounterForm):
    """The same, filled in with what was recorded; the contact agreed then may be past by now."""

    follow_up_on = DatePartsField("When was the next contact to be?", hint=NONE_AGREED)

    @classmethod
    def of(cls, encounter: Encounter) -> "CorrectionForm":
        """Filled in with what was recorded, to be corrected."""
        known = {
            "held_on": encounter.held_on,
            "kind": Kind(encounter.kind),
            "place": None if encounter.place == Place.REMOTE else Place(encounter.place),
            "outcome": Outcome(encounter.outcome),
            "present": [Present(one) for one in encounter.present],
            "minutes": encounter.minutes,
            "note": encounter.note.words,
            "follow_up_on": encounter.follow_up_on,
        }
        return cls(data=known)
