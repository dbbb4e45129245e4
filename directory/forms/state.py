"""Whether there is room, and whether the service is open at all."""

from datetime import date

from app.ui.fields import ChoiceField, DatePartsField, LineField, NumberField
from directory.actions.topics.opening import Opening
from directory.actions.topics.state import State
from directory.actions.topics.topic import Topic
from directory.forms.topic import TopicForm
from directory.models.capacity import LABELS, CapacityState
from directory.models.service import ServiceStatus

STATUS_WORDS = {
    ServiceStatus.ACTIVE: "Open",
    ServiceStatus.TEMPORARILY_CLOSED: "Closed for now",
    ServiceStatus.INACTIVE: "Not shown in searches",
    ServiceStatus.DEFUNCT: "Closed for good",
}


class StateForm(TopicForm):
    """Whether there is room, with numbers for those who count."""

    topic = State
    title = "Room"

    state = ChoiceField(
        "Is there room now?", CapacityState, words=LABELS, required="Say whether there is room"
    )
    places = NumberField("How many places?", 0, 10_000, hint="If there is room; may be left empty")
    waiting_weeks = NumberField(
        "How many weeks do people wait?", 0, 520, hint="If there is a list; may be left empty"
    )

    paused_until = DatePartsField(
        "The day it starts again",
        must_be="future",
        hint="If it is paused; may be left empty. From that day on people are told to ask",
    )

    def __init__(self, *args: object, **values: object) -> None:
        until = values.get("paused_until")
        if isinstance(until, str):
            values["paused_until"] = date.fromisoformat(until)
        super().__init__(*args, **values)

    def to_topic(self, _before: Topic) -> State:
        """What the listing should say."""
        until = self.paused_until.data
        return State(
            str(self.state.data),
            self.places.data,
            self.waiting_weeks.data,
            until.isoformat() if until else None,
        )


class OpeningForm(TopicForm):
    """Open or closed, and a notice."""

    topic = Opening
    title = "Open or closed"

    status = ChoiceField(
        "Is the service open?", ServiceStatus, words=STATUS_WORDS, required="Say whether it is open"
    )
    alert = LineField(
        "A notice at the top of the page", hint="Like: no meeting on 26 December", limit=300
    )

    def to_topic(self, _before: Topic) -> Opening:
        """What the listing should say."""
        return Opening(str(self.status.data), self.alert.data)
