"""Page 2: how to reach them, and what they need in order to be met."""

from collections.abc import Callable
from typing import Any

from app.ui.fields import (
    ChoiceField,
    ChoicesField,
    EmailField,
    LineField,
    PhoneField,
    PostcodeField,
    TickField,
    WordsField,
)
from app.ui.forms import SecureForm
from directory.catalogue import Practice
from referrals.record.models.person import Channel, Contact, Requirements
from referrals.refer.forms import practice
from referrals.refer.forms.codes import FORMATS
from referrals.refer.models.desk import Desk

FindPractices = Callable[[str], list[Practice]]
WHICH_PRACTICE = "Select the practice, or type more of its name or its town"
UNREACHABLE = "Enter a way to reach them: a telephone number, an email address or an address"
SAFE_NUMBER = "It is safe to leave a message on this number"
SAFE_ADDRESS = "It is safe to send a message to this address"


def no_practices(_typed: str) -> list[Practice]:
    """What is found where no practices are loaded."""
    return []


class ContactForm(SecureForm):
    """Two answers are needed: one way to reach them, and the practice, which is filled in."""

    phone = PhoneField("Telephone number")
    phone_safe = TickField(SAFE_NUMBER)
    other_phone = PhoneField("Another telephone number")
    other_phone_safe = TickField(SAFE_NUMBER)
    email = EmailField("Email address")
    email_safe = TickField(SAFE_ADDRESS)
    address = WordsField("Address", limit=400)
    postcode = PostcodeField("Postcode")
    practice = ChoiceField("GP practice", required="Select their GP practice")
    other_practice = LineField(
        "Which practice?", hint="Its name, street or town, or its code, such as Y90001"
    )
    found_practice = ChoiceField("Which of these is it?")
    interpreter_language = LineField("Language an interpreter is needed for", limit=100)
    information_formats = ChoicesField("Information they can read or hear", FORMATS)
    communication_support = LineField(
        "Help with communicating", hint="For example, hears better face to face, lip-reads"
    )
    mobility = LineField(
        "Getting about", hint="For example, uses a wheelchair, cannot manage stairs"
    )
    adjustments = WordsField("Anything else to be arranged for them", limit=1000)

    # Groups of which one member has to be answered.
    one_of = (("phone", "other_phone", "email", "address"),)

    def __init__(self, desk: Desk, find: FindPractices = no_practices, **given: Any) -> None:
        if desk.practice_name:
            given.setdefault("practice", practice.OWN)
        super().__init__(**given)
        self.desk = desk
        self.practice.choices = practice.choices(desk)
        self.find = find

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for one way to reach them, and for the name of another practice."""
        asks = self._look_up_practice()
        good = bool(super().validate(extra_validators))
        if asks:
            self.found_practice.errors, good = [WHICH_PRACTICE], False
        for names in self.one_of:
            fields = [self[name] for name in names]
            if not any(one.data or one.errors for one in fields):
                self.phone.errors, good = [UNREACHABLE], False
        if self.practice.data == practice.OTHER and not self.other_practice.data:
            self.other_practice.errors = ["Enter the name or the code of the practice"]
            good = False
        return good

    def _look_up_practice(self) -> bool:
        """Put the practice's name and code for what was typed; whether to ask."""
        typed = self.other_practice.data
        found = self.find(typed) if self.practice.data == practice.OTHER and typed else []
        chosen = str(self.found_practice.data or "")
        meant = practice.looked_up(found, typed, chosen)
        if meant:
            self.other_practice.data = meant.label
        asks = bool(found) and meant is None
        listed = [(one.code, one.words) for one in found] if asks else []
        self.found_practice.choices = [*listed, (practice.NOT_LISTED, "None of these")]
        if chosen != practice.NOT_LISTED:
            self.found_practice.data = None
        return asks and chosen != practice.NOT_LISTED

    def to_contact(self) -> Contact:
        """How to reach them, as it is stored; the first channel is the preferred one."""
        typed = [
            ("telephone", self.phone, self.phone_safe),
            ("telephone", self.other_phone, self.other_phone_safe),
            ("e-mail", self.email, self.email_safe),
        ]
        given = [(kind, value.data, bool(safe.data)) for kind, value, safe in typed if value.data]
        code, name = practice.named(self.desk, str(self.practice.data), self.other_practice.data)
        return Contact(
            address=self.address.data,
            postcode=self.postcode.data,
            channels=tuple(Channel(*one, place == 0) for place, one in enumerate(given)),
            practice_code=code,
            practice_name=name,
        )

    def to_requirements(self) -> Requirements:
        """What they need in order to be met, as it is stored."""
        return Requirements(
            information_formats=tuple(self.information_formats.chosen),
            communication_support=self.communication_support.data,
            interpreter_language=self.interpreter_language.data,
            mobility=self.mobility.data,
            adjustments=self.adjustments.data,
        )
