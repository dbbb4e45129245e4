"""What a service is, and what it helps with."""

from dataclasses import replace

from app.ui.fields import ChoicesField, LineField, WordsField
from directory.actions.topics.description import Description
from directory.forms.topic import TopicForm
from directory.models.service import AccessMode


class DescriptionForm(TopicForm):
    """Name, words, how people meet it."""

    topic = Description
    title = "What it is"

    name = LineField("Name of the service", required="Enter the name of the service")
    description = WordsField(
        "What happens there?",
        required="Say what happens there, in a sentence or two",
        hint="Write as you would tell a neighbour. What would somebody do on their first visit?",
    )
    access_modes = ChoicesField("How do people meet you?", AccessMode)
    languages = LineField(
        "Languages other than English", hint="With commas between them, like Polish, Makaton"
    )

    def __init__(self, *args: object, **values: object) -> None:
        spoken = values.get("languages")
        if isinstance(spoken, list):
            values["languages"] = ", ".join(spoken)
        super().__init__(*args, **values)

    def to_topic(self, before: Description) -> Description:  # type: ignore[override]
        """What the listing should say; what it helps with has a page of its own."""
        return replace(
            before,
            name=self.name.data,
            description=self.description.data,
            access_modes=list(map(str, self.access_modes.data or ())),
            languages=listed(self.languages.data),
        )


class NeedsForm(TopicForm):
    """The kinds of need that a service helps with; `needs.choices` are set by the view."""

    topic = Description
    title = "What it helps with"

    needs = ChoicesField(
        "What does it help with?",
        hint="Tick what people come to you for. Searches and referrals go by this.",
    )

    def to_topic(self, before: Description) -> Description:  # type: ignore[override]
        """What the listing should say."""
        return replace(before, needs=self.needs.data or [])


def listed(text: str) -> list[str]:
    """The parts of a text with commas between them, each once."""
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
