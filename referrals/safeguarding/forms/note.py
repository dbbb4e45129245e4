"""The form of a safeguarding note."""

import uuid
from datetime import date
from typing import Any

from wtforms import Field, ValidationError

from app.core import clock
from app.ui.fields import ChoicesField, DatePartsField, TickField, WordsField
from app.ui.forms import VersionedForm
from referrals.safeguarding.actions.note import ALONE, NoteDraft


class NoteForm(VersionedForm):
    """A concern. Its readers are offered by the view."""

    concern = WordsField("What is the concern?", required="Enter what the concern is", limit=4000)
    noticed_on = DatePartsField(
        "When was it noticed?",
        default=clock.today,
        required="Enter when it was noticed",
        must_be="today or past",
    )
    comment = WordsField(
        "What was done about it?", hint="Whom it was reported to, and what they said.", limit=4000
    )
    ended_on = DatePartsField(
        "When was it over?",
        must_be="today or past",
        hint="Leave empty while it is still of concern.",
    )
    hidden_from_person = TickField(
        "Hide this from the person",
        hint="Tick if they, or somebody near them, could come to harm by reading it. "
        "It is then left out of what they are given.",
    )
    readers = ChoicesField(
        "Who else may read this?",
        coerce=uuid.UUID,
        hint="Nobody else will see that there is a note.",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """A note that only its writer can read is lost when they leave."""
        right = bool(super().validate(extra_validators))
        if self.readers.choices and not self.readers.data and not self.readers.errors:
            self.readers.errors, right = [ALONE], False
        return right

    def validate_ended_on(self, field: Field) -> None:
        """It ends after it began."""
        began: Any = self.noticed_on.data
        if isinstance(field.data, date) and isinstance(began, date) and field.data < began:
            raise ValidationError("It must have ended on or after the day it was noticed")

    def to_draft(self, noticed_on: date | None = None) -> NoteDraft:
        """What was filled in, as the action takes it; the day it was noticed stays as it was."""
        return NoteDraft(
            concern=self.concern.data,
            comment=self.comment.data,
            noticed_on=noticed_on or self.noticed_on.data,
            ended_on=self.ended_on.data,
            hidden_from_person=bool(self.hidden_from_person.data),
            readers=self.readers.data,
        )
