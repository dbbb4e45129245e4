"""After somebody else was first: where each room leads back to, and what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request

from app.ui.forms import NOT_ANSWERS

SHORT = 12


@dataclass(frozen=True)
class WayBack:
    """Endpoints, of which the first that the address fits is shown, and the latest step there.

    `latest` takes the actor and the parts of the address; it gives kind, who and at, or None.
    """

    endpoints: tuple[str, ...]
    latest: Callable[[Any, Mapping[str, Any]], Any] | None = None


def leads_back(
    bp: Blueprint,
    *endpoints: str,
    latest: Callable[[Any, Mapping[str, Any]], Any] | None = None,
) -> None:
    """Say where a room shows what is there now; a room that says nothing shows the same page."""
    bp.way_back = WayBack(endpoints, latest)  # type: ignore[attr-defined]


def way_back(bp: Any) -> WayBack:
    """What a room has said."""
    return getattr(bp, "way_back", WayBack(()))


def typed() -> list[str]:
    """What was typed and would be a pity to lose: anything longer than a number or a choice."""
    return [
        text.strip()
        for name, text in request.form.items(multi=True)
        if name.rpartition("-")[2] not in NOT_ANSWERS
        and len(text.strip()) > SHORT
        and " " in text.strip()
    ]
