"""An organisation's entry."""

import re
from typing import Self

from wtforms import ValidationError

from app.ui.fields import EmailField, LineField, PhoneField, PickField, WordsField
from app.ui.forms import SecureForm, VersionedForm
from directory.actions.organisation import OrganisationDraft
from directory.forms.contact import web_address
from directory.models.organisation import Organisation


class PublishedForm(SecureForm):
    """What an organisation says about itself; all of it is published."""

    name = LineField("Name of the organisation", required="Enter the name of the organisation")
    description = WordsField("What does it do?", limit=2000)
    phone = PhoneField("Telephone")
    email = EmailField("Email")
    url = LineField("Website", hint="Like www.example.org")
    charity_number = LineField("Charity number", limit=10)

    def validate_url(self, field: LineField) -> None:
        """It is http or https."""
        field.data = web_address(field.data)

    def validate_charity_number(self, field: LineField) -> None:
        """Six or seven digits, or as Scotland and Northern Ireland number theirs."""
        if field.data and not re.fullmatch(r"([0-9]{6,7}|SC[0-9]{6}|NIC[0-9]{6})", field.data):
            raise ValidationError("Enter a charity number, like 1199990 or SC012345")

    def to_draft(self, company_number: str | None = None) -> OrganisationDraft:
        """The value of the answers; nobody is asked for the company number."""
        return OrganisationDraft(
            self.name.data,
            self.description.data,
            self.email.data,
            self.phone.data,
            self.url.data,
            self.charity_number.data or None,
            company_number,
        )


class OrganisationForm(PublishedForm):
    """A new organisation. `agency.choices` are set by the view."""

    agency = PickField(
        "Does it use this system?",
        blank="No, it does not",
        hint="If it does, its coordinators keep its listings and answer referrals",
    )


class EntryForm(PublishedForm, VersionedForm):
    """The entry of an organisation that is listed."""

    @classmethod
    def of(cls, organisation: Organisation) -> Self:
        """The form filled in with what is published."""
        return cls(obj=organisation)
