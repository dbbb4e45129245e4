"""The forms of risks."""

from datetime import date, timedelta

from app.core import clock
from app.ui.fields import ChoiceField, DatePartsField, WordsField
from app.ui.forms import SecureForm, VersionedForm
from referrals.record.models.risk import RiskTo

REVIEW_AFTER = timedelta(days=91)
TO = {RiskTo.SELF: "Themselves", RiskTo.OTHERS: "Other people", RiskTo.VISITORS: "Visitors"}


def _in_three_months() -> date:
    return clock.today() + REVIEW_AFTER


class RiskForm(SecureForm):
    """A new risk."""

    risk_to = ChoiceField("Who is at risk?", RiskTo, words=TO, required="Select who is at risk")
    words = WordsField(
        "What is the risk, and what helps?", required="Enter what the risk is", limit=2000
    )
    review_on = DatePartsField(
        "When will you look at it again?",
        default=_in_three_months,
        required="Enter when you will look at it again",
        must_be="future",
        hint="Within three months. For example, 27 3 2027",
    )


class ReviewRiskForm(VersionedForm):
    """A risk that still stands, or has ended."""

    still = ChoiceField(
        "Is it still a risk?",
        [("yes", "Yes, it still stands"), ("no", "No, it has ended")],
        required="Select whether it is still a risk",
    )
    words = WordsField("What is the risk, and what helps?", limit=2000)
    review_on = DatePartsField(
        "When will you look at it again?",
        must_be="future",
        hint="Only if it still stands. For example, 27 3 2027",
    )

    def validate(self, **others: object) -> bool:
        """A risk that stands needs words and a day."""
        right = super().validate(**others)
        if right and self.still.data == "yes":
            if not self.words.data:
                self.words.errors = ["Enter what the risk is"]
            if not self.review_on.data:
                self.review_on.errors = ["Enter when you will look at it again"]
            right = not (self.words.errors or self.review_on.errors)
        return right
