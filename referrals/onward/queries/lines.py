"""Each field that may be disclosed, in plain words; an empty text means there is nothing to say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.ui.words import age, and_list, date_words
from directory.catalogue import Field, outward_code
from referrals.record.models.need import Need
from referrals.record.models.person import NO_KNOWN_PRACTICE, Channel, Person
from referrals.record.models.referral import Referral
from referrals.record.models.risk import Risk, RiskTo

LABELS = {
    Field.NAME: "Name",
    Field.PREFERRED_NAME: "Likes to be called",
    Field.DATE_OF_BIRTH: "Date of birth",
    Field.AGE_BAND: "Age",
    Field.PHONE: "Telephone",
    Field.EMAIL: "E-mail",
    Field.ADDRESS: "Address",
    Field.POSTCODE_AREA: "Postcode area",
    Field.NEEDS: "Would like help with",
    Field.REASON: "Why they were referred",
    Field.OWN_WORDS: "In their own words",
    Field.ACCESS_NEEDS: "To take part they need",
    Field.VISIT_RISKS: "Risks to know of before a visit",
    Field.GP_PRACTICE: "GP practice",
}
ABOUT_VISITS = (RiskTo.VISITORS, RiskTo.OTHERS)
ADULT = 18


@dataclass(frozen=True)
class Subject:
    """What the lines are read from; `need_name` is a term of the directory."""

    referral: Referral
    need: Need
    need_name: str
    risks: Sequence[Risk]

    @property
    def person(self) -> Person:
        """The person referred."""
        return self.referral.person


def line(field: Field, subject: Subject) -> str:
    """What would be sent for one field."""
    return WORDS[field](subject).strip()


def _name(subject: Subject) -> str:
    return subject.person.identity.full_name


def _preferred_name(subject: Subject) -> str:
    return subject.person.identity.preferred_name


def _date_of_birth(subject: Subject) -> str:
    born = subject.person.identity.date_of_birth
    return date_words(born).split(" ", 1)[1] if born else ""


def age_band(born: date, today: date | None = None) -> str:
    """Ten years wide, from 20 on: "60 to 69"."""
    years = age(born, today)
    if years < ADULT:
        return f"Under {ADULT}"
    if years < 20:
        return "18 or 19"
    return f"{years // 10 * 10} to {years // 10 * 10 + 9}" if years < 90 else "90 or over"


def _age_band(subject: Subject) -> str:
    born = subject.person.identity.date_of_birth
    return age_band(born) if born else ""


def _is_email(channel: Channel) -> bool:
    return "mail" in channel.kind


def _channels(subject: Subject, emails: bool) -> str:
    wanted = [one for one in subject.person.contact.channels if _is_email(one) == emails]
    wanted.sort(key=lambda one: not one.preferred)
    return "\n".join(_channel(one) for one in wanted)


def _channel(one: Channel) -> str:
    message = "safe to leave a message" if one.safe_to_leave_message else "do not leave a message"
    return f"{one.value} ({'preferred, ' if one.preferred else ''}{message})"


def _phone(subject: Subject) -> str:
    return _channels(subject, emails=False)


def _email(subject: Subject) -> str:
    return _channels(subject, emails=True)


def _address(subject: Subject) -> str:
    contact = subject.person.contact
    return "\n".join(one for one in (contact.address, contact.postcode) if one)


def _postcode_area(subject: Subject) -> str:
    return outward_code(subject.person.contact.postcode) or ""


def _needs(subject: Subject) -> str:
    return subject.need_name


def _reason(subject: Subject) -> str:
    return subject.referral.narrative.reason


def _own_words(subject: Subject) -> str:
    return subject.referral.narrative.own_words


def _access_needs(subject: Subject) -> str:
    needs = subject.person.requirements
    said = [
        (
            "Information as",
            and_list(needs.information_formats) if needs.information_formats else "",
        ),
        ("Communication", needs.communication_support),
        ("Interpreter for", needs.interpreter_language),
        ("Mobility", needs.mobility),
        ("Adjustments", needs.adjustments),
    ]
    return "\n".join(f"{what}: {words}" for what, words in said if words)


def _visit_risks(subject: Subject) -> str:
    if subject.referral.risks_known is False and not subject.risks:
        return "No known risks"
    about = [one for one in subject.risks if one.risk_to in ABOUT_VISITS and not one.ended_on]
    return "\n".join(one.safeguarding.words for one in about) or "None that concern a visit"


def _gp_practice(subject: Subject) -> str:
    contact = subject.person.contact
    if contact.practice_code == NO_KNOWN_PRACTICE:
        return "No known GP practice"
    return contact.practice_name or contact.practice_code


WORDS: dict[Field, Callable[[Subject], str]] = {
    Field.NAME: _name,
    Field.PREFERRED_NAME: _preferred_name,
    Field.DATE_OF_BIRTH: _date_of_birth,
    Field.AGE_BAND: _age_band,
    Field.PHONE: _phone,
    Field.EMAIL: _email,
    Field.ADDRESS: _address,
    Field.POSTCODE_AREA: _postcode_area,
    Field.NEEDS: _needs,
    Field.REASON: _reason,
    Field.OWN_WORDS: _own_words,
    Field.ACCESS_NEEDS: _access_needs,
    Field.VISIT_RISKS: _visit_risks,
    Field.GP_PRACTICE: _gp_practice,
}
