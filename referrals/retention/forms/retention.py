"""Find a record by its reference; hold it; agree that it is erased."""

from app.ui.fields import ChoiceField, LineField, ReferenceField, TickField
from app.ui.forms import SecureForm
from referrals.retention.models.hold import HoldReason
from referrals.retention.words import HOLDS

NOBODY = "Name nobody: this is not sealed"


class FindForm(SecureForm):
    """A reference, as people say it on the telephone."""

    reference = ReferenceField(
        "Reference of a referral", required="Enter a reference, such as 7K3M-92QX"
    )


class HoldForm(SecureForm):
    """Why a record must stay."""

    reason = ChoiceField(
        "Why must it be kept?", HoldReason, words=HOLDS, required="Select why it must be kept"
    )
    case_number = LineField(
        "Your case number (optional)",
        limit=60,
        hint=f"So that you find the papers again. {NOBODY}",
    )


class LiftForm(SecureForm):
    """Why it need not stay any longer."""

    because = LineField(
        "Why is it not needed any longer?",
        required="Enter why it is not needed any longer",
        limit=200,
        hint=NOBODY,
    )


class ProposeForm(SecureForm):
    """What the first officer looked at."""

    sure = TickField(
        "I know of no court case, complaint, inquiry or request that needs this record",
        required="Tick the box when you have checked, or place a legal hold instead",
    )


class ApproveForm(SecureForm):
    """What the second officer looked at."""

    sure = TickField(
        "I have checked this for myself, and agree that it is erased for good",
        required="Tick the box when you have checked, or withdraw the proposal",
    )
