"""The button that sends, and what was on the page above it."""

import uuid

from wtforms import HiddenField

from app.core.errors import Conflict
from app.ui.forms import VersionedForm
from referrals.record.models.referral import Referral

CHANGED = "This draft has changed since your page was shown. Check it again, then send it."


class SendForm(VersionedForm):
    """Carries which state of the draft was checked, and which team was named."""

    team = HiddenField()

    def require_unchanged(self, draft: Referral, team_id: uuid.UUID | None) -> None:
        """Raise Conflict when something else would be sent than what was shown."""
        if self.version.data != draft.version or self.team.data != str(team_id):
            raise Conflict(CHANGED)
