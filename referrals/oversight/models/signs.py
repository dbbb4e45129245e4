"""What counts as unusual access: the definitions, as pure functions.

Only opening a record counts, not seeing a name in a list. Names, addresses and e-mail addresses
are compared in memory and go no further.
"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import median

from app.core.blind_index.folding import folded
from referrals.oversight.models.unusual import Kind

TITLES = {"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame", "rev"}
FEWEST_PEOPLE, TIMES_USUAL, DAYS_LOOKED_AT, FEWEST_DAYS = 20, 3, 28, 5
# What shows a record. Looking into who opened it, judging, holding and erasing show no record.
OPENING = (
    *("referral.viewed", "referral.draft_viewed", "referral.printed", "referral.glass_broken"),
    *("onward_referral.viewed", "onward_referral.listed", "service.searched_for"),
    *("safeguarding_note.read", "signpost.printed", "sent.printed", "log.printed"),
)
DEFINITIONS = {
    Kind.OWN_RECORD: "The person’s first and last name, or email address, is the user’s own.",
    Kind.COLLEAGUE: "The person’s first and last name, or email address, is that of another member "
    "of the agency.",
    Kind.SAME_ADDRESS: "The person lives at the address on the user’s own record.",
    Kind.SAME_SURNAME: "The person’s last name is the user’s last name.",
    Kind.MANY_PEOPLE: f"The user opened the records of {FEWEST_PEOPLE} people or more in a day, "
    f"and more than {TIMES_USUAL} times as many as on their middle day of the "
    f"{DAYS_LOOKED_AT} before (with at least {FEWEST_DAYS} days on which they opened any).",
}


@dataclass(frozen=True)
class Staff:
    """A user, as their colleagues know them."""

    user_id: uuid.UUID
    name: str
    email: str = ""

    @property
    def names(self) -> tuple[str, str]:
        """First and last name, without title, case and accents."""
        plain = [folded(one) for one in self.name.split()]
        bare = [one for one in plain if one and one not in TITLES]
        return (bare[0], bare[-1]) if len(bare) > 1 else ("", bare[0] if bare else "")


@dataclass(frozen=True)
class Somebody:
    """A person whose record was opened."""

    person_id: uuid.UUID
    given_name: str
    family_name: str
    emails: frozenset[str] = frozenset()
    home: str = ""

    @property
    def names(self) -> tuple[str, str]:
        """First and last name, without case and accents; of several first names the first."""
        first = self.given_name.split()
        return (folded(first[0]) if first else "", folded(self.family_name))


def home_of(address: str, postcode: str) -> str:
    """An address to compare: the postcode and the first line; nothing when either is missing."""
    first = address.replace(",", "\n").split("\n")[0]
    line = "".join(one for one in first.casefold() if one.isalnum())
    code = "".join(postcode.split()).upper()
    return f"{code} {line}" if code and line else ""


def is_same(staff: Staff, person: Somebody) -> bool:
    """Whether the person seems to be this member of staff."""
    mailed = staff.email.casefold() in person.emails if staff.email else False
    return mailed or (all(staff.names) and staff.names == person.names)


def sign(
    staff: Staff, person: Somebody, others: Iterable[Staff], homes: Collection[str]
) -> Kind | None:
    """What is unusual about `staff` having opened the record of `person`; the most telling."""
    if is_same(staff, person):
        return Kind.OWN_RECORD
    if any(is_same(one, person) for one in others if one.user_id != staff.user_id):
        return Kind.COLLEAGUE
    if person.home and person.home in homes:
        return Kind.SAME_ADDRESS
    surname = staff.names[1]
    return Kind.SAME_SURNAME if surname and surname == person.names[1] else None


def usual_of(before: Collection[int]) -> int | None:
    """The middle number of people opened on the days before; None when there are too few."""
    return round(median(before)) if len(before) >= FEWEST_DAYS else None


def is_many(today: int, usual: int | None) -> bool:
    """Whether this is many more people than usual."""
    return usual is not None and today >= FEWEST_PEOPLE and today > TIMES_USUAL * usual
