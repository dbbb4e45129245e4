"""The forms of triage."""

import uuid

from wtforms import Form

from app.ui.fields import ChoiceField, ChoicesField, DatePartsField, WordsField
from app.ui.forms import SecureForm, VersionedForm
from referrals.record.models.status import Reason
from referrals.triage.words import DECLINE, HOLD

LATER = "later"


class AcceptForm(VersionedForm):
    """Take on and, in the same step, allocate. `who` is a user's id or LATER."""

    who = ChoiceField("Who will work with them?", required="Select who will work with them")

    def chosen(self) -> uuid.UUID | None:
        """The community referrer, or None to decide later."""
        return None if self.who.data == LATER else uuid.UUID(self.who.data)


class AllocateForm(VersionedForm):
    """Put on another caseload."""

    who = ChoiceField(
        "Who will work with them?", coerce=uuid.UUID, required="Select who will work with them"
    )


class DeclineForm(VersionedForm):
    """Decline, so that the referrer knows what to do instead."""

    reason = ChoiceField(
        "Why are you declining it?",
        Reason,
        words=DECLINE,
        required="Select why you are declining it",
    )
    words = WordsField(
        "What should the referrer know?",
        required="Enter what the referrer should know",
        hint="They read this. Say what could help instead, if you know.",
        limit=2000,
    )


class HoldForm(VersionedForm):
    """Put on hold until a date."""

    reason = ChoiceField(
        "Why is it on hold?", Reason, words=HOLD, only=list(HOLD), required="Select why"
    )
    until = DatePartsField(
        "When will you look at it again?",
        required="Enter when you will look at it again",
        must_be="future",
        hint="It comes back to the top of the list on that day",
    )
    words = WordsField("Anything to add?", limit=2000)


class TickedRows(ChoicesField):
    """Rows as they were shown, `id.version`; whether they are still so is for the action."""

    def _read(self, text: str) -> tuple[uuid.UUID, int]:
        one, _, version = text.partition(".")
        try:
            return uuid.UUID(one), int(version)
        except ValueError:
            raise ValueError("Select the referrals from the list") from None

    def options(self) -> list[tuple[str, str, bool]]:
        """(value, text, ticked) for each row."""
        return [
            (str(value), text, self._read(value) in self.chosen) for value, text in self.choices
        ]

    def pre_validate(self, form: Form) -> None:
        """Anything of the right shape: rows may have changed meanwhile."""


class ReallocateForm(SecureForm):
    """Move several referrals to another caseload."""

    rows = TickedRows("Which referrals?", required="Select at least one referral")
    who = ChoiceField("Who will take them?", coerce=uuid.UUID, required="Select who will take them")
