"""Ask for a record in an emergency. Sent by POST: what is looked for is in no address."""

from typing import Any

from wtforms import ValidationError

from app.core.blind_index import Terms
from app.ui.fields import (
    ChoiceField,
    DatePartsField,
    NameField,
    NhsNumberField,
    ReferenceField,
    TickField,
    WordsField,
)
from app.ui.fields.asked import Check
from app.ui.forms import SecureForm
from referrals.emergency.actions.glass import Emergency
from referrals.emergency.models.glass import Why
from referrals.emergency.words import WHY

NOBODY_NAMED = "Enter an NHS number, a last name with a date of birth, or a referral's reference"
FEWEST = 10


def _enough(_form: Any, field: Any) -> None:
    if len(field.data) < FEWEST:
        raise ValidationError("Say in a sentence what has happened")


ENOUGH: Check = _enough


class EmergencyForm(SecureForm):
    """Whom it is about, and why it cannot wait."""

    nhs_number = NhsNumberField("NHS number")
    family_name = NameField("Last name")
    date_of_birth = DatePartsField("Date of birth", must_be="past")
    reference = ReferenceField("Reference of a referral", hint="For example, 7K3M-92QX")
    why = ChoiceField(
        "Why do you need the record now?", Why, words=WHY, required="Select why you need it now"
    )
    words = WordsField(
        "What has happened?",
        required="Enter what has happened",
        hint="Your privacy officer reads this when they look into it.",
        limit=1000,
        validators=[ENOUGH],
    )
    understood = TickField(
        "I need this record now and will be asked about it",
        required="Tick the box if you need this record now",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for one of the three ways to say whom it is about."""
        right = bool(super().validate(extra_validators))
        named = self.family_name.data and self.date_of_birth.data
        if not (self.nhs_number.data or named or self.reference.data):
            self.form_errors = [NOBODY_NAMED]
            right = False
        return right

    def to_emergency(self) -> Emergency:
        """What was filled in, as the action takes it."""
        terms = Terms(self.nhs_number.data, self.family_name.data, self.date_of_birth.data)
        return Emergency(self.why.data, self.words.data, self.reference.data, terms)
