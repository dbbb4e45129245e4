"""What somebody may do in an agency, and which agency they come from."""

import uuid

from app.identity import policy
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from app.ui.fields import ChoiceField, ChoicesField, PickField
from app.ui.forms import SecureForm
from app.ui.words import role_words

HINTS = {
    Role.REFERRER: "Refers people and sees what became of it",
    Role.LINK_WORKER: "Keeps a caseload, meets people, refers them on",
    Role.TEAM_LEAD: "Answers new referrals and shares them out",
    Role.COORDINATOR: "Answers onward referrals and keeps the listings right",
    Role.ADMINISTRATOR: "Lets people in, keeps roles and sharing agreements",
    Role.PRIVACY_OFFICER: "Watches who has seen which record; holds and erases records",
    Role.COMMISSIONER: "Sees counts only, never a record",
    Role.CURATOR: "Keeps the whole directory in order",
}


class RolesForm(SecureForm):
    """One tick for each role."""

    roles = ChoicesField(
        "What may they do?",
        Role,
        words={role: role_words(role).capitalize() for role in Role},
        required="Select at least one role",
        hint="It counts from their next click. Give only what their work needs.",
    )

    def offer(self, kind: str) -> None:
        """Offer what an agency of this kind may give."""
        given = policy.MAY_HAVE[AgencyKind(kind)]
        self.roles.choices = [one for one in self.roles.choices if Role(one[0]) in given]


class JoinForm(SecureForm):
    """Which agency somebody wants to be let into."""

    agency = PickField(
        "Which agency do you work for?",
        choices=[],
        coerce=uuid.UUID,
        required="Choose the agency you work for",
    )


class ChooseAgencyForm(SecureForm):
    """For which agency somebody acts now."""

    agency = ChoiceField(
        "Which agency are you acting for?",
        choices=[],
        coerce=uuid.UUID,
        required="Select the agency you are acting for",
    )
