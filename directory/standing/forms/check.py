"""A check that was seen, and the rules for those that lapse."""

from wtforms import ValidationError

from app.core import clock
from app.ui.fields import ChoiceField, DatePartsField, LineField, PickField
from app.ui.forms import SecureForm
from directory.standing.actions.check import Seen
from directory.standing.models.check import RULE_WORDS, CheckKind, Rule


class CheckForm(SecureForm):
    """What you have seen, and until when it is good."""

    kind = PickField("What have you seen?", CheckKind, required="Choose what you have seen")
    valid_until = DatePartsField(
        "Good until", required="Enter the day until which it is good", hint="For example, 31 3 2027"
    )
    note = LineField("Anything to remember?", hint="Like: policy number, enhanced DBS", limit=300)

    def to_seen(self) -> Seen:
        """The value of the answers."""
        return Seen(self.kind.data, clock.today(), self.valid_until.data, self.note.data)

    def validate_valid_until(self, field: DatePartsField) -> None:
        """What has run out already was not seen today."""
        if field.data < clock.today():
            raise ValidationError("Good until must be today or in the future")


class RulesForm(SecureForm):
    """What may be sent while a check has lapsed: one answer for each kind."""

    safeguarding = ChoiceField("Safeguarding policy", Rule, words=RULE_WORDS, required="Choose")
    insurance = ChoiceField("Insurance", Rule, words=RULE_WORDS, required="Choose")
    dbs = ChoiceField("DBS checks", Rule, words=RULE_WORDS, required="Choose")
    data_protection = ChoiceField("Data protection", Rule, words=RULE_WORDS, required="Choose")

    def rules(self) -> dict[CheckKind, Rule]:
        """The value of the answers."""
        return {kind: self[kind.name.lower()].data for kind in CheckKind}
