"""Look for a service."""

from app.ui.fields import LineField, PickField
from app.ui.forms import SecureForm


class FindForm(SecureForm):
    """Words, need and area; `after` is where the next page of results begins."""

    words = LineField("Words", limit=100)
    need = PickField("Need", blank="Any need")
    near = LineField("Near", limit=10)
    after = LineField("After", limit=300)
