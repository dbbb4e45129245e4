"""A person who cannot be mistaken, and a search for them wherever bytes are kept."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

NAMES = {"given": "Zyxwenna", "family": "Quorlbeck", "preferred": "Qixxilot"}
REACH = {
    "phone": "01632 960739",
    "digits": "01632960739",
    "mail": "zyxwenna.q@wyvernquay.example",
    "street": "7 Wyvernquay Close",
}
NUMBERS = {"nhs": "9994730002", "nhs in groups": "999 473 0002", "born": "1931-02-17"}
WORDS = {
    name: f"{start}uquorl {name} brontolith"
    for start, name in (
        ("Ab", "reason"),
        ("Cd", "own words"),
        ("Ef", "safeguarding"),
        ("Gh", "note"),
        ("Ij", "goal"),
        ("Kl", "action"),
        ("Mn", "about me"),
        ("Op", "onward"),
        ("Qr", "answer"),
        ("St", "ending"),
        ("Uv", "closing"),
        ("Wx", "risk"),
        ("Yz", "concern"),
        ("Za", "emergency"),
        ("Zb", "judgement"),
    )
}
EVERYTHING = {**NAMES, **REACH, **NUMBERS, **WORDS}


UTF16 = ("utf-16-le", "utf-16-be")
ZEROS = re.compile(rb"\0{64,}")


def in_any_case(secret: str) -> set[bytes]:
    """How a text may stand in a file whose letters were all made small: plain, wide, in hex."""
    small = secret.lower()
    hexed = {one.encode().hex().encode() for one in (secret, small)}
    return {small.encode(), *hexed, *(small.encode(one) for one in UTF16)}


def in_base64(secret: str) -> Iterator[bytes]:
    """What base64 makes of it wherever it begins among the groups of three bytes."""
    for raw in (secret.encode(), secret.encode("utf-16-le")):
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + raw)
            # The first group and the last depend on the neighbours.
            begin = 4 if shift else 0
            whole = (len(raw) - (3 - shift) % 3) // 3 * 4
            yield coded[begin : begin + whole]


def found_in(heap: bytes, secrets: dict[str, str]) -> set[str]:
    """Which of the secrets stand in these bytes, however spelt."""
    heap = ZEROS.sub(b"\0", heap)
    small = heap.lower()
    return {
        name
        for name, secret in secrets.items()
        if any(one in small for one in in_any_case(secret))
        or any(one in heap for one in in_base64(secret))
    }


def files_below(folder: Path) -> list[Path]:
    """Every file that can be read now."""
    return [one for one in sorted(folder.rglob("*")) if one.is_file()]
