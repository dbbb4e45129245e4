"""Look for a service."""

from app.ui.fields import ChoicesField, LineField, NumberField, PickField
from app.ui.forms import SecureForm
from directory.catalogue import Facility

MILES = (1, 3, 5, 10, 20)


class FindForm(SecureForm):
    """Words, need, area, age and what a place must have, filled in with what is known.

    `after` is where the next page of results begins. What a place must have leaves nothing out:
    a listing that does not say is still shown, with a word of warning.
    """

    words = LineField("Words", limit=100)
    need = PickField("Need", blank="Any need")
    near = LineField("Near", limit=10)
    within = PickField(
        "How far",
        [(str(one), f"Within {one} mile{'s' * (one > 1)}") for one in MILES],
        blank="Any distance",
    )
    age = NumberField("Age", 0, 120)
    language = LineField("Language", limit=40)
    access = ChoicesField("A place must have", Facility)
    after = LineField("After", limit=300)
