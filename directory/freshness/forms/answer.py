"""What an editor without an account can change in one go."""

from dataclasses import replace
from typing import Any, Self

from app.ui.fields import ChoiceField, EmailField, LineField, NameField, PhoneField, WordsField
from app.ui.forms import OpenForm
from directory.actions.topics.contact import Contact
from directory.actions.topics.description import Description
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.opening import Opening
from directory.actions.topics.topic import Topic
from directory.forms.contact import web_address
from directory.forms.state import STATUS_WORDS
from directory.models.service import Service, ServiceStatus


class AnswerForm(OpenForm):
    """The words of a listing on one page; days and places are told in words."""

    status = ChoiceField(
        "Is the service open?", ServiceStatus, words=STATUS_WORDS, required="Say whether it is open"
    )
    alert = LineField("A notice at the top of the page", limit=300)
    name = LineField("Name of the service", required="Enter the name of the service")
    description = WordsField("What happens there?", required="Say what happens there")
    eligibility = WordsField("Who is it for?", limit=1000)
    fees = LineField("What does it cost?")
    contact_name = NameField("Whom should people ask for?", hint="This is published")
    phone = PhoneField("Telephone")
    email = EmailField("Email")
    url = LineField("Website", hint="Like www.example.org")
    note = WordsField(
        "Anything else that has changed?",
        hint="Like new days or a new place. Only the directory's curator reads this",
        limit=1000,
    )

    @classmethod
    def of(cls, service: Service) -> Self:
        """The form filled in with what is published."""
        said: dict[str, Any] = {}
        for topic in (Opening, Description, Eligibility, Contact):
            said |= vars(topic.of(service))
        return cls(**{name: said[name] for name in cls.__dict__ if name in said})

    def validate_url(self, field: LineField) -> None:
        """It is http or https."""
        field.data = web_address(field.data)

    def changes(self, service: Service) -> list[tuple[Topic, Topic]]:
        """(before, after) of each topic that now says something else."""
        now = Description.of(service), Eligibility.of(service)
        wanted: list[tuple[Topic, Topic]] = [
            (Opening.of(service), Opening(str(self.status.data), self.alert.data)),
            (now[0], replace(now[0], name=self.name.data, description=self.description.data)),
            (now[1], replace(now[1], eligibility=self.eligibility.data, fees=self.fees.data)),
            (
                Contact.of(service),
                Contact(self.contact_name.data, self.phone.data, self.email.data, self.url.data),
            ),
        ]
        return [(before, after) for before, after in wanted if before != after]
