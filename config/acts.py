"""What an act needs besides its permission, from `TRELLIS_ACT_<ACT>_…`.

A setting narrows who may do something; it never gives anybody more than the policy does.
"""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

VARIABLE = re.compile(r"TRELLIS_ACT_([A-Z_]+)_(MAX_AGE|ACR|ROLES)")
SHORTEST = 60


class Act(enum.StrEnum):
    """Something for which the deployer may ask more of a sign-in."""

    BREAK_GLASS = "break glass"
    ERASE_PERSON = "erase a person"
    HAND_OVER_RECORD = "hand over a record"
    CHANGE_MEMBERS = "change who is in an agency"
    CHANGE_AGREEMENTS = "change a sharing agreement"
    END_SESSION = "sign out another browser"


@dataclass(frozen=True)
class Need:
    """Seconds since the person proved who they are; assurance levels; roles. Empty: any."""

    max_age: int | None = None
    acr: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


NOTHING_MORE = Need()
Needs = Mapping[Act, Need]
DEFAULTS: Needs = {
    Act.BREAK_GLASS: Need(max_age=300),
    Act.ERASE_PERSON: Need(max_age=300),
    Act.HAND_OVER_RECORD: Need(max_age=900),
    Act.CHANGE_MEMBERS: NOTHING_MORE,
    Act.CHANGE_AGREEMENTS: NOTHING_MORE,
    Act.END_SESSION: Need(max_age=900),
}


def load(environment: Mapping[str, str], complaints: list[str]) -> Needs:
    """What each act needs; mistakes go to `complaints`. A variable left empty asks for nothing."""
    found = dict(DEFAULTS)
    for variable in sorted(environment):
        if not variable.startswith("TRELLIS_ACT_"):
            continue
        match = VARIABLE.fullmatch(variable)
        if match is None or match[1] not in Act.__members__:
            complaints.append(f"{variable} is not a setting")
            continue
        act, text = Act[match[1]], environment[variable].strip()
        found[act] = replace(found[act], **_said(variable, match[2], text, complaints))
    return found


def _said(variable: str, part: str, text: str, complaints: list[str]) -> dict[str, Any]:
    if part == "ACR":
        return {"acr": tuple(text.split())}
    if part == "ROLES":
        return {"roles": tuple(word.strip() for word in text.split(",") if word.strip())}
    if not text:
        return {"max_age": None}
    if text.isascii() and text.isdigit() and int(text) >= SHORTEST:
        return {"max_age": int(text)}
    complaints.append(f"{variable} must be a whole number of seconds, {SHORTEST} or more")
    return {}
