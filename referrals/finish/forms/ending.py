"""How a need ended; how a referral ended, and what the referrer is told."""

from wtforms import ValidationError

from app.ui.fields import ChoiceField, PickField, WordsField
from app.ui.forms import SecureForm, VersionedForm
from referrals.finish.models.closing import OUTCOMES as MAY_END_AS
from referrals.finish.models.closing import Closing
from referrals.finish.models.message import Letter
from referrals.finish.words import NEED_CHOICES, OUTCOMES, REASONS, TAKE_BACK
from referrals.record.models.need import NeedStatus
from referrals.record.models.status import Reason, Status

ONE_A_LINE = "One on each line"


def as_lines(text: str) -> tuple[str, ...]:
    """What was typed, a line each, without bullets and blank lines."""
    lines = (one.strip().lstrip("-•* ").strip() for one in text.splitlines())
    return tuple(one for one in lines if one)


class EndNeedForm(VersionedForm):
    """How one need ended."""

    status = ChoiceField(
        "How did it end?",
        NeedStatus,
        words=NEED_CHOICES,
        only=list(NEED_CHOICES),
        required="Select how it ended",
    )
    words = WordsField(
        "What happened? (optional)", limit=1000, hint="This goes into the message to the referrer"
    )


class LetterForm(SecureForm):
    """A message to the referrer: what they are asked to do comes first."""

    actions = WordsField(
        "What do you ask the referrer to do?",
        limit=1000,
        hint=f"{ONE_A_LINE}. If you leave it empty, the message says “No action needed”",
    )
    summary = WordsField(
        "What should they know?", limit=4000, required="Enter what they should know"
    )

    def to_letter(self) -> Letter:
        """What was typed."""
        return Letter(actions=as_lines(self.actions.data), summary=self.summary.data)


class CloseForm(LetterForm, VersionedForm):
    """How a referral ended, and the message that says so."""

    outcome = ChoiceField(
        "How did it end?",
        Status,
        words=OUTCOMES,
        only=MAY_END_AS,
        required="Select how it ended",
    )
    reason = PickField("Why?", Reason, words=REASONS, only=list(REASONS))
    tried = WordsField("What was tried?", limit=4000, hint=ONE_A_LINE)
    did_not_work = WordsField("What did not work?", limit=4000, hint=ONE_A_LINE)

    def validate_outcome(self, field: ChoiceField) -> None:
        """Every ending but "finished" has a reason."""
        if field.data not in (None, Status.COMPLETED) and self.reason.data is None:
            raise ValidationError("Select why, under “Why?”, when it did not finish")

    def to_closing(self) -> Closing:
        """What was decided."""
        letter = Letter(
            actions=as_lines(self.actions.data),
            summary=self.summary.data,
            tried=as_lines(self.tried.data),
            did_not_work=as_lines(self.did_not_work.data),
        )
        return Closing(self.outcome.data, letter, self.reason.data)


class TakeBackForm(VersionedForm):
    """The referrer withdraws what they sent."""

    reason = ChoiceField(
        "Why do you withdraw it?",
        Reason,
        words=TAKE_BACK,
        only=list(TAKE_BACK),
        required="Select why you withdraw it",
    )
    words = WordsField(
        "Anything the team should know?", limit=1000, hint="The team reads this word for word"
    )
