"""What goes with an onward referral, and the agreement to send it."""

import uuid

from wtforms import HiddenField, ValidationError

from app.ui.fields import ChoiceField, ChoicesField, DatePartsField, TickField, WordsField
from app.ui.forms import SecureForm
from directory.catalogue import Field
from referrals.onward.models.draft import OnwardDraft
from referrals.onward.models.onward_referral import Company

ALONE = ("no", "Nobody, they will go on their own")
COMPANY = [ALONE, *((one, str(one).capitalize()) for one in Company)]


class DetailsForm(SecureForm):
    """Everything that decides what the preview shows."""

    need_id = ChoiceField(
        "Which need is this for?", coerce=uuid.UUID, required="Select which need this is for"
    )
    words = WordsField(
        "Anything the service should know?",
        limit=1000,
        hint="They read this word for word. You see everything that is sent on the next page",
    )
    accompanied_by = ChoiceField("Who will come along to the first visit?", COMPANY)
    accompanied_on = DatePartsField("When will they come along?", must_be="today or future")
    left_out = ChoicesField("Leave out", coerce=Field)

    def validate_accompanied_by(self, field: ChoiceField) -> None:
        """A day is planned with somebody."""
        if self.accompanied_on.data and field.data not in list(Company):
            raise ValidationError("Select who will come along on that day")

    def to_draft(self, service_id: uuid.UUID) -> OnwardDraft:
        """What was decided."""
        company = self.accompanied_by.data
        known = Company(company) if company in list(Company) else None
        return OnwardDraft(
            service_id=service_id,
            need_id=self.need_id.data,
            words=self.words.data,
            accompanied_by=known,
            accompanied_on=self.accompanied_on.data if known else None,
            left_out=tuple(self.left_out.data),
        )


class SendForm(DetailsForm):
    """The same answers once more, with the digest of what was shown and the agreement."""

    digest = HiddenField()
    agreed = TickField(
        "The person has agreed to these details being sent",
        required="Confirm that the person has agreed, or do not send it",
    )
