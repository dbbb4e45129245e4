"""Enumerations as choices that people read."""

import enum
from collections.abc import Iterable, Mapping
from typing import Any

ROLES = {"link worker": "community referrer"}


def label_of(member: Any) -> str:
    """The words for one member: its own `words`, or its value with a capital."""
    own = getattr(member, "words", None)
    if isinstance(own, str):
        return own
    value = str(getattr(member, "value", member)).replace("_", " ")
    return value[:1].upper() + value[1:]


def choices_of(
    kind: type[enum.Enum],
    words: Mapping[Any, str] | None = None,
    only: Iterable[Any] | None = None,
) -> list[tuple[str, str]]:
    """(value, text) for each member, or for those in `only`; `words` has other texts."""
    members = list(kind) if only is None else list(only)
    return [(str(one.value), (words or {}).get(one) or label_of(one)) for one in members]


def role_words(role: Any) -> str:
    """A role as the screens call it; call_link_workers changes the label of one of them."""
    value = str(getattr(role, "value", role))
    return ROLES.get(value, value)


def call_link_workers(label: str) -> None:
    """Use another screen label for a link worker, such as "link worker" itself."""
    ROLES["link worker"] = label
