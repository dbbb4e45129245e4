"""Why a draft is not sent after all."""

from app.ui.fields import ChoiceField, LineField
from app.ui.forms import SecureForm
from referrals.record.models.status import Reason

REASONS = {
    Reason.PERSON_DECLINED: "They do not want to be referred",
    Reason.DUPLICATE: "They have been referred already",
    Reason.OTHER: "Another reason",
}


class ThrowAwayForm(SecureForm):
    """One answer is needed."""

    reason = ChoiceField(
        "Why is it not sent?",
        Reason,
        only=REASONS,
        words=REASONS,
        required="Select why it is not sent",
    )
    words = LineField("Anything to add", limit=400)
