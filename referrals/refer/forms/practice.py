"""The GP practice: the referrer's own, another one, or none that is known."""

import re
from collections.abc import Sequence

from directory.catalogue import Practice
from referrals.record.models.person import NO_KNOWN_PRACTICE, Contact
from referrals.refer.models.desk import Desk

OWN, OTHER, NONE = "own", "other", "none"
# None of the practices that were found: what was typed stays.
NOT_LISTED = "not listed"
ODS_CODE = re.compile(r"[A-Z][0-9]{5}")
# As a practice that was looked up is kept: its name, then its code.
KNOWN = re.compile(r"(.+) \(([A-Z][0-9]{5})\)")


def choices(desk: Desk) -> list[tuple[str, str]]:
    """What is offered: a practice's own name comes first."""
    own = [(OWN, desk.practice_name)] if desk.practice_name else []
    another = "Another practice" if own else "A practice"
    return [*own, (OTHER, another), (NONE, "No known GP practice")]


def looked_up(found: Sequence[Practice], typed: str, chosen: str) -> Practice | None:
    """The practice that is meant: the one chosen, or the one with just that code or name."""
    exact = {typed.strip().casefold(), typed.replace(" ", "").casefold()}
    for one in found:
        names = {one.name.casefold(), one.code.casefold(), one.label.casefold()}
        if one.code == chosen or (len(found) == 1 and names & exact):
            return one
    return None


def named(desk: Desk, chosen: str, typed: str) -> tuple[str, str]:
    """The (code, name) that an answer stands for; either may be empty."""
    if chosen == OWN:
        return desk.practice_code, desk.practice_name
    if chosen == NONE:
        return NO_KNOWN_PRACTICE, ""
    known = KNOWN.fullmatch(typed)
    if known:
        return known[2], known[1]
    code = typed.replace(" ", "").upper()
    return (code, "") if ODS_CODE.fullmatch(code) else ("", typed)


def chosen(desk: Desk, contact: Contact) -> tuple[str, str]:
    """The (answer, typed) that a stored contact came from."""
    if contact.practice_code == NO_KNOWN_PRACTICE:
        return NONE, ""
    stored = (contact.practice_code, contact.practice_name)
    if desk.practice_name and stored == (desk.practice_code, desk.practice_name):
        return OWN, ""
    name, code = contact.practice_name, contact.practice_code
    return OTHER, f"{name} ({code})" if name and code else name or code
