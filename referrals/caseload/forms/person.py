"""The forms about the person."""

from app.ui.fields import (
    ChoicesField,
    EmailField,
    LineField,
    NameField,
    PhoneField,
    PostcodeField,
    TickField,
    WordsField,
)
from app.ui.forms import VersionedForm
from referrals.caseload.actions.person import AboutMe, Details
from referrals.record.models.codes import INFORMATION_FORMATS
from referrals.record.models.person import Channel, Person, Requirements

SAFE = "It is safe to leave a message on this number"
PHONE, EMAIL = "telephone", "e-mail"


class DetailsForm(VersionedForm):
    """How they are called and reached."""

    preferred_name = NameField("What do they like to be called?")
    pronoun = LineField("Pronoun", limit=50)
    phone = PhoneField("Telephone")
    phone_safe = TickField(SAFE)
    other_phone = PhoneField("Another telephone")
    other_phone_safe = TickField("It is safe to leave a message on that number")
    email = EmailField("Email")
    email_safe = TickField("It is safe to write to this address")
    address = WordsField("Address", limit=500)
    postcode = PostcodeField("Postcode")

    def to_details(self) -> Details:
        """What was filled in, as the action takes it."""
        typed = [
            (PHONE, self.phone.data, self.phone_safe.data),
            (PHONE, self.other_phone.data, self.other_phone_safe.data),
            (EMAIL, self.email.data, self.email_safe.data),
        ]
        given = [one for one in typed if one[1]]
        channels = [
            Channel(kind, value, safe, preferred=place == 0)
            for place, (kind, value, safe) in enumerate(given)
        ]
        return Details(
            self.preferred_name.data,
            self.pronoun.data,
            self.address.data,
            self.postcode.data,
            tuple(channels),
        )


def stored_details(person: Person) -> dict[str, object]:
    """What the form starts with."""
    channels = person.contact.channels
    phones = [one for one in channels if one.kind != EMAIL][:2]
    emails = [one for one in channels if one.kind == EMAIL][:1]
    named = [
        *zip(("phone", "other_phone"), phones, strict=False),
        *(("email", one) for one in emails),
    ]
    values: dict[str, object] = {
        "version": person.version,
        "preferred_name": person.identity.preferred_name,
        "pronoun": person.identity.pronoun,
        "address": person.contact.address,
        "postcode": person.contact.postcode,
    }
    for name, channel in named:
        values |= {name: channel.value, f"{name}_safe": channel.safe_to_leave_message}
    return values


class RequirementsForm(VersionedForm):
    """What they need in order to be met (Accessible Information Standard)."""

    information_formats = ChoicesField("Information in another form", INFORMATION_FORMATS)
    communication_support = WordsField(
        "Support to communicate", hint="For example, a lipspeaker, or more time", limit=1000
    )
    interpreter_language = LineField("Interpreter", hint="Which language, if they need one")
    mobility = WordsField("Getting about", hint="For example, uses a wheelchair", limit=1000)
    adjustments = WordsField("Other adjustments", limit=1000)

    def to_requirements(self) -> Requirements:
        """What was filled in, as it is stored."""
        return Requirements(
            tuple(self.information_formats.data),
            self.communication_support.data,
            self.interpreter_language.data,
            self.mobility.data,
            self.adjustments.data,
        )


class AboutMeForm(VersionedForm):
    """PRSB "About me", in the person's words."""

    what_matters = WordsField("What matters most to me")
    important_people = WordsField("People important to me", limit=2000)
    how_to_communicate = WordsField("How I communicate", limit=2000)
    please_do = WordsField("Please do", limit=2000)
    please_do_not = WordsField("Please don’t", limit=2000)
    how_and_when_to_support = WordsField("How and when to support me", limit=2000)

    def to_about_me(self) -> AboutMe:
        """What was filled in, as the action takes it."""
        return AboutMe(
            self.what_matters.data,
            self.important_people.data,
            self.how_to_communicate.data,
            self.please_do.data,
            self.please_do_not.data,
            self.how_and_when_to_support.data,
        )
