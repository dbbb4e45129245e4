"""Keep what is known of the person right: how to reach them, what they need, what matters."""

from dataclasses import dataclass, replace

from app.core import audit
from app.identity.actor import Actor
from referrals.caseload import policy
from referrals.record.actions import event
from referrals.record.models.person import Channel, Requirements
from referrals.record.models.referral import Referral


@dataclass(frozen=True)
class Details:
    """How they are called and reached."""

    preferred_name: str = ""
    pronoun: str = ""
    address: str = ""
    postcode: str = ""
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True)
class AboutMe:
    """What the person wants everybody who supports them to know (PRSB "About me")."""

    what_matters: str = ""
    important_people: str = ""
    how_to_communicate: str = ""
    please_do: str = ""
    please_do_not: str = ""
    how_and_when_to_support: str = ""


def change_details(actor: Actor, referral: Referral, details: Details) -> None:
    """Change how the person is called and reached; name and birth stay as the referrer wrote."""
    policy.KEEP_PERSON.require(actor, referral)
    person = referral.person
    person.identity = replace(
        person.identity, preferred_name=details.preferred_name, pronoun=details.pronoun
    )
    person.contact = replace(
        person.contact,
        address=details.address,
        postcode=details.postcode,
        channels=details.channels,
    )
    event.add(actor, referral, "contact details changed")
    audit.record(actor, "person.contact_changed", person)


def change_requirements(actor: Actor, referral: Referral, requirements: Requirements) -> None:
    """Change what the person needs in order to be met."""
    policy.KEEP_PERSON.require(actor, referral)
    referral.person.requirements = requirements
    event.add(actor, referral, "access needs changed")
    audit.record(actor, "person.requirements_changed", referral.person)


def change_about_me(actor: Actor, referral: Referral, about: AboutMe) -> None:
    """Write down what matters to the person, in their words."""
    policy.KEEP_PLAN.require(actor, referral)
    referral.narrative = replace(referral.narrative, **vars(about))
    event.add(actor, referral, "about me changed")
    audit.record(actor, "referral.about_me_changed", referral)
