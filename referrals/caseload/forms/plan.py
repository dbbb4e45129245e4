"""The forms of the plan."""

import uuid

from app.ui.fields import ChoiceField, DatePartsField, NumberField, PickField, WordsField
from app.ui.forms import VersionedForm
from referrals.caseload.actions.plan import ActionDraft
from referrals.caseload.models.plan import ActionStatus, Who


class NeedForm(VersionedForm):
    """A need: a term of the taxonomy, and the person's words."""

    term = PickField(
        "What kind of need is it?", coerce=uuid.UUID, required="Choose the kind of need"
    )
    words = WordsField("In their own words", limit=2000)


class GoalForm(VersionedForm):
    """What the person wants."""

    words = WordsField(
        "What do they want?",
        required="Enter what they want",
        hint="In their own words where possible",
        limit=2000,
    )
    importance = NumberField(
        "How important is it to them?",
        low=1,
        high=10,
        required="Enter a number from 1 to 10",
        hint="From 1 (a little) to 10 (nothing matters more)",
    )


class ActionForm(VersionedForm):
    """A step towards a goal."""

    words = WordsField("What will happen?", required="Enter what will happen", limit=2000)
    who = ChoiceField("Who will do it?", Who, required="Select who will do it")
    due_on = DatePartsField("By when?", hint="Leave empty if no day was agreed")
    confidence = NumberField(
        "How sure are they that it will happen?",
        low=1,
        high=10,
        hint="From 1 (not at all) to 10 (certain). Leave empty if you did not ask.",
    )

    def to_draft(self) -> ActionDraft:
        """What was filled in, as the action takes it."""
        return ActionDraft(self.words.data, self.who.data, self.due_on.data, self.confidence.data)


class ChangeActionForm(ActionForm):
    """The same, and whether it was done."""

    status = ChoiceField("Was it done?", ActionStatus, required="Select whether it was done")
