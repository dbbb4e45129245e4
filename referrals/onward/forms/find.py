"""Look for a service."""

from app.ui.fields import LineField, PickField
from app.ui.forms import SecureForm


class FindForm(SecureForm):
    """Words, need and area; `after` is where the next page of results begins."""

    words = LineField("Words", limit=100, hint="For example: walking, debt, someone to talk to")
    need = PickField("Need", blank="Any need")
    near = LineField(
        "Near", limit=10, hint="The first half of a postcode. The directory is told no more"
    )
    after = LineField("After", limit=300)
