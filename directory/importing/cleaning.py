"""Making plain, short, printable text of whatever a feed holds.

Tags are taken out by nh3 (ammonia: the parser that browsers' rules describe, kept up by many
projects), because patterns over HTML are how scripts get through. What is left is plain text,
which the pages escape like any other.
"""

import functools
import html
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import nh3

# Control characters, lone surrogates and the marks that turn the direction of text around.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
# ASCII in which nothing can be a tag or stand for another sign: most of what a feed says.
PLAIN = re.compile("[ -%'-;=-~]*")
PARAGRAPHS = re.compile(r"<(?=/(?:p|h[1-6])\b)", re.IGNORECASE)
BREAKS = re.compile(r"<(?=(?:br|/div|/li|/tr)\b)", re.IGNORECASE)
SPACES = re.compile(r"[^\S\n]+")
NEW_LINES = re.compile("\r\n?")
LINES = re.compile(r"\s*\n\s*\n\s*")
LARGEST, SHORT = 1_000_000, 4000
REMEMBERED = 4096
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(:[0-9]{1,5})?", re.I)
# Names that mail and the web will never find (RFC 2606, RFC 6761).
DEAD = (".invalid", ".test", ".localhost", ".local", ".example")
ELLIPSIS = "…"


def text(value: Any, limit: int = 10_000) -> str:
    """Plain text of one or more paragraphs, cut at `limit`."""
    if not value or not isinstance(value, str | int | float) or isinstance(value, bool):
        return "0" if value == 0 and not isinstance(value, bool) else ""
    said = str(value)[:LARGEST]
    if PLAIN.fullmatch(said):
        return cut(" ".join(said.split()), limit)
    return cut(_often(said) if len(said) < SHORT else _tidy(said), limit)


def line(value: Any, limit: int = 200) -> str:
    """Plain text on one line, cut at `limit`."""
    if not value and value != 0:
        return ""
    if isinstance(value, str) and PLAIN.fullmatch(value, 0, LARGEST):
        return cut(" ".join(value[:LARGEST].split()), limit)
    return cut(" ".join(text(value).split()), limit)


def cut(said: str, limit: int) -> str:
    """The text, ended with an ellipsis when it would be longer than `limit`."""
    return said if len(said) <= limit else said[: limit - 1].rstrip() + ELLIPSIS


def joined(parts: Iterable[str], by: str = ", ") -> str:
    """The parts that say something, each once, in their order."""
    return by.join(dict.fromkeys(part for part in parts if part))


def url(value: Any) -> str | None:
    """An address that starts with http(s); "" when nothing is said, None when it is no address."""
    said = line(value, 2000)
    return _url(said) if said else ""


@functools.lru_cache(REMEMBERED)
def _url(said: str) -> str | None:
    if HOST.fullmatch(re.split("[/?#]", said, maxsplit=1)[0]):
        said = f"https://{said}"
    try:
        parts = urlsplit(said)
        sound = parts.scheme.lower() in {"http", "https"} and not parts.username
    except ValueError:
        return None
    if not sound or not HOST.fullmatch(parts.netloc) or " " in said or ELLIPSIS in said:
        return None
    return parts.scheme.lower() + said[len(parts.scheme) :]


def email(value: Any) -> str | None:
    """An e-mail address; "" when nothing is said, None when mail could never arrive there."""
    said = line(value, 320).removeprefix("mailto:").strip()
    if not said:
        return ""
    return said if EMAIL.fullmatch(said) and not said.lower().endswith(DEAD) else None


def age(value: Any) -> int | None:
    """A whole number of years that a person can live, or None."""
    try:
        years = int(float(value))
    except (TypeError, ValueError, OverflowError):
        return None
    return years if 0 <= years <= 130 else None


def _tidy(said: str) -> str:
    plain = UNPRINTABLE.sub("", _without_tags(NEW_LINES.sub("\n", said)))
    spaced = SPACES.sub(" ", plain).replace(" \n", "\n").replace("\n ", "\n")
    return LINES.sub("\n\n", spaced).strip()


# The same organisation stands in many rows of a feed.
_often = functools.lru_cache(REMEMBERED)(_tidy)


def _without_tags(said: str) -> str:
    """Again until nothing changes: tags are found escaped once or twice as well."""
    for _ in range(3):
        said = UNPRINTABLE.sub("", said)
        if "<" not in said and "&" not in said:
            break
        spaced = PARAGRAPHS.sub("\n\n<", BREAKS.sub("\n<", said))
        plain = html.unescape(nh3.clean(spaced, tags=set()))
        if plain == said:
            break
        said = plain
    return said
