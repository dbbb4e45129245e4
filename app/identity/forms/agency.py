"""What an agency decides about itself."""

from app.ui.fields import ChoicesField, EmailField
from app.ui.forms import SecureForm


class AgencyForm(SecureForm):
    """Where notices go, and through which providers people may come."""

    notice_email = EmailField(
        "Where should notices be sent? (optional)",
        hint="An address that several people read. A notice names nobody; it says what waits.",
    )
    issuers = ChoicesField(
        "How may your people sign in?",
        choices=[],
        hint="Tick none to allow every way that is set up here.",
    )
