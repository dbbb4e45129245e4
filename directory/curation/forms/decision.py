"""The forms of decisions: one button each, and words where words help."""

from wtforms import ValidationError

from app.ui.fields import ChoiceField, ChoicesField, LineField, TickField, WordsField
from app.ui.forms import SecureForm
from directory.curation.actions.claim import EMAIL, NUMBER


class ChangeForm(SecureForm):
    """Publish a proposed change or not; the button pressed is `decision`."""

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


class ClaimDecisionForm(SecureForm):
    """Let an agency keep an organisation's listings, or not."""

    changes = ChoiceField(
        "What they change",
        [("wait", "waits until I have looked at it"), ("live", "is live at once")],
    )
    seen = TickField("I have checked it in another way, such as by telephone")
    words = LineField("If you say no: why?", hint="Whoever asked reads this", limit=500)


class ReportDecisionForm(SecureForm):
    """What was done about a report."""

    words = WordsField("What did you do about it?", limit=500)
    phoned = TickField("I spoke with the service: the rest of the listing is right")


class EditorsForm(SecureForm):
    """Whether what editors change waits."""


class MergeForm(SecureForm):
    """Which of two listings stays, and which topics it takes over."""

    take = ChoicesField(
        "What should it say in the other one's words?",
        hint="Leave unticked what is better as it is. History keeps all of it.",
    )
