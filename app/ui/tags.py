"""Tags: words in colour, never a colour alone.

Made here and not by macros, because a list of fifty has some two hundred of them.
"""

from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from app.ui.words.days import due_colour, due_words
from app.ui.words.states import state_colour, state_words


def tag(text: Any, colour: str = "") -> Markup:
    """NHS.UK's tag; `colour` is the end of one of its class names."""
    kind = f"nhsuk-tag nhsuk-tag--{escape(colour)}" if colour else "nhsuk-tag"
    return Markup(f'<strong class="{kind}">{escape(text)}</strong>')  # noqa: S704 - escaped  # nosec B704  # nosemgrep


def status(state: Any) -> Markup:
    """The tag of a state."""
    return tag(state_words(state), state_colour(state))


def due_tag(day: date | datetime) -> Markup:
    """The tag of a day by which something is to be done."""
    return tag(due_words(day).capitalize(), due_colour(day))
