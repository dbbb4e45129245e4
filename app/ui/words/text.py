"""Counts, lists, numbers and typed text as people read them."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape


def plural(count: int, one: str, many: str | None = None) -> str:
    """1 referral, 2 referrals, no referrals."""
    number = "no" if count == 0 else f"{count:,}"
    return f"{number} {one if count == 1 else many or one + 's'}"


def and_list(items: Iterable[Any]) -> str:
    """Debt, housing and loneliness."""
    words = [str(one) for one in items]
    return (
        words[0]
        if len(words) == 1
        else " and ".join([", ".join(words[:-1]), *words[-1:]]).removeprefix(" and ")
    )


def nhs_words(number: str | None) -> str:
    """999 000 0018."""
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""


def lines(text: str | None) -> Markup:
    """Typed text, escaped, with its line breaks."""
    return Markup("<br>\n").join(escape(text or "").splitlines())


def or_none(value: Any) -> Any:
    """The value, or words that say there is none."""
    return "Not given" if value is None or value in ("", []) else value
