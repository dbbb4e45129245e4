"""Find a person on a caseload. Sent by POST: what is searched for is in no address."""

from typing import Any

from app.ui.fields import DatePartsField, LineField, NameField, NhsNumberField
from app.ui.forms import SecureForm
from referrals.caseload.queries.find import Wanted

NOTHING = "Enter an NHS number, a last name with a date of birth, or any words"


class FindForm(SecureForm):
    """One of three ways is enough."""

    words = LineField(
        "Part of a name, telephone number, address or reference",
        hint="Searches the open referrals on the caseload",
    )
    nhs_number = NhsNumberField("NHS number")
    family_name = NameField("Last name")
    date_of_birth = DatePartsField("Date of birth", must_be="past")

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for one of the three."""
        right = bool(super().validate(extra_validators))
        named = self.family_name.data and self.date_of_birth.data
        if right and not (self.words.data or self.nhs_number.data or named):
            self.form_errors = [NOTHING]
            right = False
        return right

    def wanted(self) -> Wanted:
        """What to look for."""
        return Wanted(
            self.nhs_number.data, self.family_name.data, self.date_of_birth.data, self.words.data
        )
