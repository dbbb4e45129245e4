"""Follow what was sent: reply, withdraw."""

from app.ui.fields import ChoiceField, WordsField
from app.ui.forms import SecureForm, VersionedForm
from referrals.onward.words import WITHDRAW
from referrals.record.models.status import Reason


class ReplyForm(SecureForm):
    """Words that the service reads."""

    words = WordsField("Your reply", required="Enter your reply", limit=2000)


class WithdrawForm(VersionedForm):
    """Take it back, with a reason."""

    reason = ChoiceField(
        "Why is it withdrawn?",
        Reason,
        words=WITHDRAW,
        only=list(WITHDRAW),
        required="Select why it is withdrawn",
    )
    words = WordsField(
        "Anything to remember?", limit=2000, hint="For your own team: the service does not read it"
    )


class SignpostForm(SecureForm):
    """Which need the person was told of a service for."""

    need_id = ChoiceField("Which need is this for?", hint="Nothing about the person is sent")
