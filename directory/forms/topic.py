"""What the forms of all topics share."""

from typing import Self

from app.ui.forms import VersionedForm
from directory.actions.topics.topic import Topic
from directory.models.service import Service


class TopicForm(VersionedForm):
    """Shows what a listing says and gives back what it should say."""

    topic: type[Topic]
    title: str

    @classmethod
    def of(cls, service: Service) -> Self:
        """The form filled in with what the listing says, or with what was just sent."""
        value = cls.topic.of(service)
        return cls(version=service.version, **vars(value))

    def to_topic(self, before: Topic) -> Topic:
        """What the listing should say, given what it says now."""
        raise NotImplementedError
