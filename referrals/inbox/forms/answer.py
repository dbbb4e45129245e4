"""Answers: each on a page of its own, with the version that was read."""

from datetime import timedelta

from wtforms import ValidationError

from app.core import clock
from app.ui.fields import ChoiceField, DatePartsField, WordsField
from app.ui.forms import VersionedForm
from referrals.onward.words import REASONS
from referrals.record.models.status import Reason

READ_BY = "The community referrer reads this"


def require_words(reason: ChoiceField, words: WordsField) -> None:
    """Raise ValidationError when the reason is "other" and nothing was written."""
    if reason.data == Reason.OTHER and not words.data:
        raise ValidationError("Say why in words, under “Anything to add?”")


class AcceptForm(VersionedForm):
    """Yes."""

    words = WordsField(
        "Anything they should know? (optional)",
        limit=2000,
        hint=f"{READ_BY}: who to ask for, what to bring",
    )


class DeclineForm(VersionedForm):
    """No, with a reason."""

    reason = ChoiceField(
        "Why are you declining?", Reason, words=REASONS, required="Select why you are declining"
    )
    words = WordsField("Anything to add? (optional)", limit=2000, hint=READ_BY)

    def validate_reason(self, field: ChoiceField) -> None:
        """Something else is said in words."""
        require_words(field, self.words)


class WaitForm(VersionedForm):
    """Later."""

    until = DatePartsField(
        "When will you look at it again?",
        required="Enter when you will look at it again",
        must_be="future",
        default=lambda: clock.today() + timedelta(days=28),
    )
    words = WordsField("Anything to add? (optional)", limit=2000, hint=READ_BY)


class AskForm(VersionedForm):
    """A question first."""

    words = WordsField("Your question", required="Enter your question", limit=2000, hint=READ_BY)


class BookForm(VersionedForm):
    """A date."""

    day = DatePartsField(
        "When are they booked for?",
        required="Enter the date they are booked for",
        must_be="today or future",
    )
    words = WordsField("Time, place, anything to add? (optional)", limit=2000, hint=READ_BY)


class HappenedForm(VersionedForm):
    """Something happened; words if wanted."""

    words = WordsField("Anything to add? (optional)", limit=2000, hint=READ_BY)


class FailForm(VersionedForm):
    """Over without help."""

    reason = ChoiceField("Why did it end?", Reason, words=REASONS, required="Select why it ended")
    words = WordsField("Anything to add? (optional)", limit=2000, hint=READ_BY)

    def validate_reason(self, field: ChoiceField) -> None:
        """Something else is said in words."""
        require_words(field, self.words)
