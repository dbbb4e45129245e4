"""How to get in touch."""

from wtforms import ValidationError

from app.ui.fields import EmailField, LineField, NameField, PhoneField
from directory.actions.topics.contact import Contact
from directory.actions.topics.topic import Topic
from directory.forms.topic import TopicForm


def web_address(text: str) -> str:
    """A web address with its scheme; empty stays empty. Raises ValidationError."""
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    scheme, _, rest = address.partition("://")
    host = rest.split("/")[0]
    if scheme.lower() not in ("http", "https") or "." not in host or " " in address:
        raise ValidationError("Enter a web address, like www.example.org")
    return f"{scheme.lower()}://{rest}"


class ContactForm(TopicForm):
    """All of it is published."""

    topic = Contact
    title = "Contact"

    contact_name = NameField("Whom should people ask for?", hint="This is published")
    phone = PhoneField("Telephone")
    email = EmailField("Email")
    url = LineField("Website", hint="Like www.example.org")

    def validate_url(self, field: LineField) -> None:
        """It is http or https."""
        field.data = web_address(field.data)

    def to_topic(self, _before: Topic) -> Contact:
        """What the listing should say."""
        return Contact(self.contact_name.data, self.phone.data, self.email.data, self.url.data)
