"""Somebody known already: ask whether it is they, and fill in the first two pages."""

from collections.abc import Sequence
from typing import Any

from app.ui.fields import ChoiceField
from app.ui.forms import SecureForm
from app.ui.words import nhs_words, short_date
from referrals.record.models.person import Contact, Person
from referrals.refer.forms import practice, typed
from referrals.refer.forms.contact import ContactForm
from referrals.refer.forms.who import WhoForm
from referrals.refer.models.desk import Desk
from referrals.refer.queries.known import Found

SOMEBODY_ELSE = "somebody else"


class KnownForm(SecureForm):
    """One answer is needed, and only when somebody looks the same."""

    person = ChoiceField(
        "Is it one of these people?", required="Select who it is, or “Somebody else”"
    )

    def __init__(self, desk: Desk, people: Sequence[Found]) -> None:
        super().__init__()
        listed = [(str(one.row.id), _words(one)) for one in people]
        self.person.choices = [*listed, (SOMEBODY_ELSE, f"Somebody else, a new {desk.noun}")]


def _words(one: Found) -> str:
    assert one.value is not None
    identity, contact = one.value.identity, one.value.contact
    born = f"born {short_date(identity.date_of_birth)}" if identity.date_of_birth else ""
    number = f"NHS number {nhs_words(identity.nhs_number)}" if identity.nhs_number else ""
    known = [identity.full_name, born, contact.postcode, number]
    return ", ".join(part for part in known if part)


def pages(desk: Desk, person: Person) -> dict[str, dict[str, list[str]]]:
    """The pages "who" and "contact" as they would have been typed."""
    contact, requirements = person.contact, person.requirements
    who = WhoForm(desk, formdata=None, data=vars(person.identity))
    chosen, other = practice.chosen(desk, contact)
    more = {"practice": chosen, "other_practice": other}
    data = vars(contact) | vars(requirements) | _channels(contact) | more
    reach = ContactForm(desk, formdata=None, data=data)
    return {"who": typed.of(who), "contact": typed.of(reach)}


def _channels(contact: Contact) -> dict[str, Any]:
    phones = [one for one in contact.channels if one.kind == "telephone"]
    mails = [one for one in contact.channels if one.kind == "e-mail"]
    named = [
        *zip(("phone", "other_phone"), phones, strict=False),
        *zip(("email",), mails, strict=False),
    ]
    found: dict[str, Any] = {}
    for name, channel in named:
        found |= {name: channel.value, f"{name}_safe": channel.safe_to_leave_message}
    return found
