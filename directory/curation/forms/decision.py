"""The forms of decisions: one button each, and words where words help."""

from typing import Any

from wtforms import ValidationError

from app.ui.fields import ChoiceField, ChoicesField, LineField, TickField, WordsField
from app.ui.forms import SecureForm, VersionedForm
from directory.curation.actions.claim import EMAIL, NUMBER

PRESS = "Nothing was decided. Press one of the buttons"


class DecisionForm(SecureForm):
    """The button pressed is `decision`: one of those shown, and nothing else decides anything."""

    decision: ChoiceField

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Say at the top of the page what is wrong with a button: it has no place of its own."""
        right = super().validate(*args, **kwargs)
        if self.decision.errors:
            self.decision.errors = ()
            self.form_errors.append(PRESS)
        return right


class ChangeForm(DecisionForm, VersionedForm):
    """Publish a proposed change to the listing that is shown, or not."""

    decision = ChoiceField(choices=[("publish", ""), ("refuse", "")], required=PRESS)
    trust = TickField("From now on, what this editor changes is live at once")
    words = LineField("If you do not publish it: why?", hint="Its editor reads this", limit=500)


class ClaimForm(SecureForm):
    """How a claim can be checked; `how.choices` are set by the view."""

    how = ChoiceField("How may we check that?", required="Select how we may check it")
    number = LineField("Your charity number", hint="Like 1199990 or SC012345", limit=10)

    def offer(self, email: str, charity_number: str | None) -> None:
        """Offer only what there is something to check against."""
        ways = [(EMAIL, "Send a link to the e-mail address published for it")] if email else []
        if charity_number:
            ways.append((NUMBER, "I give the charity number"))
        self.how.choices = ways

    def validate_number(self, field: LineField) -> None:
        """It is needed when it is what is checked."""
        if self.how.data == NUMBER and not field.data:
            raise ValidationError("Enter the charity number")


class ClaimDecisionForm(DecisionForm):
    """Let an agency keep an organisation's listings, or not."""

    decision = ChoiceField(choices=[("approve", ""), ("refuse", "")], required=PRESS)
    changes = ChoiceField(
        "What they change",
        [("wait", "waits until I have looked at it"), ("live", "is live at once")],
    )
    seen = LineField(
        "What have you seen that proves it?",
        hint="Like: rang the published number, spoke with its secretary. Kept with the claim",
        limit=500,
    )
    words = LineField("If you say no: why?", hint="Whoever asked reads this", limit=500)


class ReportDecisionForm(SecureForm):
    """What was done about a report."""

    words = WordsField("What did you do about it?", limit=500)
    phoned = TickField("I spoke with the service: the rest of the listing is right")


class EditorsForm(SecureForm):
    """Whether what editors change waits."""

    changes = ChoiceField(choices=[("wait", ""), ("live", "")], required=PRESS)


class MergeForm(DecisionForm):
    """Which of two listings stays, or neither, and which topics it takes over."""

    decision = ChoiceField(
        choices=[("first", ""), ("second", ""), ("different", "")], required=PRESS
    )

    take = ChoicesField(
        "What should it say in the other one's words?",
        hint="Leave unticked what is better as it is. History keeps all of it.",
    )
