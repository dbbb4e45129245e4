"""How the screens say things: dates, counts, choices, states."""

from app.ui.words.choices import choices_of, label_of, role_words
from app.ui.words.days import (
    age,
    ago_words,
    date_words,
    due_colour,
    due_words,
    moment_words,
    short_date,
    time_words,
)
from app.ui.words.states import state_colour, state_words
from app.ui.words.text import and_list, lines, nhs_words, or_none, plural

__all__ = [
    "age",
    "ago_words",
    "and_list",
    "choices_of",
    "date_words",
    "due_colour",
    "due_words",
    "label_of",
    "lines",
    "moment_words",
    "nhs_words",
    "or_none",
    "plural",
    "role_words",
    "short_date",
    "state_colour",
    "state_words",
    "time_words",
]
