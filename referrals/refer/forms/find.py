"""Find somebody the agency has referred before."""

from typing import Any

from app.ui.fields import DatePartsField, NameField, NhsNumberField
from app.ui.forms import SecureForm
from referrals.refer.queries.known import Wanted


class FindForm(SecureForm):
    """An NHS number, or a last name with a date of birth."""

    nhs_number = NhsNumberField("NHS number")
    family_name = NameField("Last name")
    date_of_birth = DatePartsField("Date of birth", must_be="today or past")

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for enough to look for."""
        good = bool(super().validate(extra_validators))
        if good and not self.nhs_number.data:
            if not self.family_name.data and not self.date_of_birth.data:
                self.nhs_number.errors = ["Enter an NHS number, or a last name and a date of birth"]
            elif not self.family_name.data:
                self.family_name.errors = ["Enter their last name as well"]
            elif not self.date_of_birth.data:
                self.date_of_birth.errors = ["Enter their date of birth as well"]
        return good and not self.errors

    def to_wanted(self) -> Wanted:
        """What to look for."""
        return Wanted(self.nhs_number.data, self.family_name.data, self.date_of_birth.data)
