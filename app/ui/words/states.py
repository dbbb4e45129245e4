"""The words and tag colours of states: never a colour alone."""

from typing import Any

STATES = {
    "draft": ("Draft", "grey"),
    "requested": ("Sent, waiting for an answer", "blue"),
    "accepted": ("Taken on", "aqua-green"),
    "in-progress": ("In progress", "aqua-green"),
    "on-hold": ("On hold", "yellow"),
    "waiting list": ("Waiting list", "yellow"),
    "paused": ("Paused", "yellow"),
    "rejected": ("Declined", "red"),
    "cancelled": ("Withdrawn", "grey"),
    "failed": ("Ended without help", "orange"),
    "completed": ("Finished", "green"),
    "entered-in-error": ("Entered by mistake", "grey"),
    "booked": ("Booked", "blue"),
    "attended": ("Attended", "green"),
    "did not attend": ("Did not attend", "orange"),
    "met": ("Met", "green"),
    "partly met": ("Partly met", "aqua-green"),
    "not met": ("Not met", "orange"),
    "no suitable service": ("No suitable service", "red"),
    "open": ("Open", "blue"),
    "waiting": ("Waiting for approval", "yellow"),
    "active": ("Active", "green"),
    "inactive": ("Not running", "grey"),
    "suspended": ("Suspended", "red"),
    "ended": ("Ended", "grey"),
}


def _entry(state: Any) -> tuple[str, str]:
    value = str(getattr(state, "value", state))
    spaced = value.replace("_", " ").replace("-", " ")
    found = STATES.get(value) or STATES.get(spaced) or STATES.get(spaced.replace(" ", "-"))
    return found or (spaced[:1].upper() + spaced[1:], "grey")


def state_words(state: Any) -> str:
    """What people read for a state; a member's own `words` win."""
    own = getattr(state, "words", None)
    return own if isinstance(own, str) else _entry(state)[0]


def state_colour(state: Any) -> str:
    """The colour of a state's tag."""
    own = getattr(state, "colour", None)
    return own if isinstance(own, str) else _entry(state)[1]
