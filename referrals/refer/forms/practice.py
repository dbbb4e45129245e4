"""The GP practice: the referrer's own, another one, or none that is known."""

import re

from referrals.record.models.person import NO_KNOWN_PRACTICE, Contact
from referrals.refer.models.desk import Desk

OWN, OTHER, NONE = "own", "other", "none"
ODS_CODE = re.compile(r"[A-Z][0-9]{5}")


def choices(desk: Desk) -> list[tuple[str, str]]:
    """What is offered: a practice's own name comes first."""
    own = [(OWN, desk.practice_name)] if desk.practice_name else []
    another = "Another practice" if own else "A practice"
    return [*own, (OTHER, another), (NONE, "No known GP practice")]


def named(desk: Desk, chosen: str, typed: str) -> tuple[str, str]:
    """The (code, name) that an answer stands for; either may be empty."""
    if chosen == OWN:
        return desk.practice_code, desk.practice_name
    if chosen == NONE:
        return NO_KNOWN_PRACTICE, ""
    code = typed.replace(" ", "").upper()
    return (code, "") if ODS_CODE.fullmatch(code) else ("", typed)


def chosen(desk: Desk, contact: Contact) -> tuple[str, str]:
    """The (answer, typed) that a stored contact came from."""
    if contact.practice_code == NO_KNOWN_PRACTICE:
        return NONE, ""
    stored = (contact.practice_code, contact.practice_name)
    if desk.practice_name and stored == (desk.practice_code, desk.practice_name):
        return OWN, ""
    return OTHER, contact.practice_name or contact.practice_code
