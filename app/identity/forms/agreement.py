"""What two agencies have agreed to share."""

import enum
import uuid
from typing import Any

from wtforms import ValidationError

from app.core import clock
from app.identity.actions.agreement import Terms
from app.identity.actor import Actor
from app.ui.fields import ChoiceField, DatePartsField, PickField, WordsField
from app.ui.forms import SecureForm


class Direction(enum.StrEnum):
    """Who may send to whom."""

    TO_THEM = "to them"
    TO_US = "to us"
    BOTH = "both"


class AgreementForm(SecureForm):
    """One agreement, for one direction or both."""

    agency = PickField(
        "Which agency is it with?",
        choices=[],
        coerce=uuid.UUID,
        required="Choose the other agency",
    )
    direction = ChoiceField(
        "Who may send referrals?",
        Direction,
        words={
            Direction.TO_THEM: "We may send to them",
            Direction.TO_US: "They may send to us",
            Direction.BOTH: "Both",
        },
        required="Select who may send referrals",
    )
    purpose = WordsField(
        "What is it for?",
        limit=500,
        required="Enter what the agreement is for",
        hint="For example: social prescribing referrals from the practice to the team",
    )
    starts_on = DatePartsField("When does it start?", required="Enter the date it starts")
    ends_on = DatePartsField(
        "When does it end? (optional)", hint="Leave empty if it goes on until it is ended"
    )

    def validate_ends_on(self, field: DatePartsField) -> None:
        """An agreement ends after it starts, and not in the past."""
        if field.data is None:
            return
        if field.data < clock.today():
            raise ValidationError("The date it ends must be today or in the future")
        if self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError("The date it ends must be after the date it starts")

    def to_terms(self, actor: Actor) -> list[Terms]:
        """One set of terms for each direction."""
        there: tuple[Any, Any] = (actor.agency_id, self.agency.data)
        ways: dict[Any, list[tuple[Any, Any]]] = {
            Direction.TO_THEM: [there],
            Direction.TO_US: [there[::-1]],
            Direction.BOTH: [there, there[::-1]],
        }
        rest: tuple[Any, ...] = (self.purpose.data, self.starts_on.data, self.ends_on.data)
        return [Terms(*way, *rest) for way in ways[self.direction.data]]
