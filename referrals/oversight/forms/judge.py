"""The forms in which a privacy officer judges, and asks for a record."""

from wtforms import Field, ValidationError

from app.ui.fields import ChoiceField, ReferenceField, WordsField
from app.ui.forms import SecureForm, VersionedForm
from referrals.emergency.models.review import Judgement
from referrals.oversight.actions.judging import NOT_FITTING
from referrals.oversight.models.unusual import FITTING, Because, Verdict
from referrals.oversight.words import BECAUSE, JUDGEMENTS, VERDICTS


class EmergencyJudgementForm(SecureForm):
    """Was it right to open the record?"""

    judgement = ChoiceField(
        "Was it right to open the record?",
        Judgement,
        words=JUDGEMENTS,
        required="Select whether it was right to open the record",
    )
    words = WordsField("What did you find out, and what happens now?", limit=2000)


class FoundJudgementForm(EmergencyJudgementForm):
    """Of one that opened a record, the officer says why they think so."""

    words = WordsField(
        "What did you find out, and what happens now?",
        required="Enter what you found out",
        limit=2000,
        hint="Kept sealed with the record.",
    )


class AccessJudgementForm(VersionedForm):
    """Is there an explanation?"""

    verdict = ChoiceField(
        "Is there an explanation?",
        Verdict,
        words=VERDICTS,
        required="Select whether there is an explanation",
    )
    because = ChoiceField(
        "Which?", Because, words=BECAUSE, required="Select what you found, or what happens now"
    )
    words = WordsField(
        "What did you find out?", limit=2000, hint="Kept sealed with the record. You may leave it."
    )

    def validate_because(self, field: Field) -> None:
        """What is being looked into is not explained yet."""
        if self.verdict.data in FITTING and field.data not in FITTING[self.verdict.data]:
            raise ValidationError(NOT_FITTING)


class RecordForm(SecureForm):
    """Ask for a record by the reference of a referral; POST, so that it is in no address."""

    reference = ReferenceField(
        "Reference of the referral",
        required="Enter the reference of a referral, such as 7K3M-92QX",
    )
