"""An organisation's entry."""

import re

from wtforms import ValidationError

from app.ui.fields import EmailField, LineField, PhoneField, PickField, WordsField
from app.ui.forms import SecureForm
from directory.actions.organisation import OrganisationDraft
from directory.forms.contact import web_address


class OrganisationForm(SecureForm):
    """All of it is published. `agency.choices` are set by the view."""

    name = LineField("Name of the organisation", required="Enter the name of the organisation")
    description = WordsField("What does it do?", limit=2000)
    phone = PhoneField("Telephone")
    email = EmailField("Email")
    url = LineField("Website", hint="Like www.example.org")
    charity_number = LineField("Charity number", limit=10)
    agency = PickField(
        "Does it use this system?",
        blank="No, it does not",
        hint="If it does, its coordinators keep its listings and answer referrals",
    )

    def validate_url(self, field: LineField) -> None:
        """It is http or https."""
        field.data = web_address(field.data)

    def validate_charity_number(self, field: LineField) -> None:
        """Six or seven digits, or as Scotland and Northern Ireland number theirs."""
        if field.data and not re.fullmatch(r"([0-9]{6,7}|SC[0-9]{6}|NIC[0-9]{6})", field.data):
            raise ValidationError("Enter a charity number, like 1199990 or SC012345")

    def to_draft(self) -> OrganisationDraft:
        """The value of the answers."""
        return OrganisationDraft(
            self.name.data,
            self.description.data,
            self.email.data,
            self.phone.data,
            self.url.data,
            self.charity_number.data or None,
        )
