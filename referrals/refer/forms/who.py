"""Page 1: who they are."""

from app.ui.fields import DatePartsField, LineField, NameField, NhsNumberField, PickField
from app.ui.forms import SecureForm
from referrals.record.models.person import Identity
from referrals.refer.forms.codes import ETHNICITIES, GENDERS
from referrals.refer.models.desk import Desk


class WhoForm(SecureForm):
    """Three answers are needed: a first name, a last name and a date of birth."""

    nhs_number = NhsNumberField(
        "NHS number", hint="If you have it. For somebody you referred before it is enough"
    )
    given_name = NameField("First name", required="Enter their first name")
    family_name = NameField("Last name", required="Enter their last name")
    date_of_birth = DatePartsField(
        "Date of birth", required="Enter their date of birth", must_be="today or past"
    )
    preferred_name = NameField("What they like to be called", hint="If it is another name")
    pronoun = LineField("Pronouns", limit=40, hint="For example, she/her")
    gender = PickField("Gender", GENDERS, blank="Not given")
    ethnicity = PickField("Ethnic group", ETHNICITIES, blank="Not given")

    def __init__(self, _desk: Desk, **given: object) -> None:
        super().__init__(**given)

    def to_identity(self) -> Identity:
        """Who they are, as it is stored."""
        return Identity(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            date_of_birth=self.date_of_birth.data,
            preferred_name=self.preferred_name.data,
            nhs_number=self.nhs_number.data,
            pronoun=self.pronoun.data,
            gender=self.gender.data or "",
            ethnicity=self.ethnicity.data or "",
        )
