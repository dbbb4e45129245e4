"""What was typed on a page, mistakes included, as a draft keeps it."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, Form
from wtforms.widgets import HiddenInput

from app.ui.fields import ChoiceField, DatePartsField

Typed = Mapping[str, Sequence[str]]


def of(form: Form) -> dict[str, list[str]]:
    """Every answer of a form as text; without the form's own token and key."""
    found: dict[str, list[str]] = {}
    for field in form:
        if not isinstance(field.widget, HiddenInput):
            found |= _of_field(field)
    return found


def _of_field(field: Field) -> dict[str, list[str]]:
    if isinstance(field, DatePartsField):
        return {f"{field.name}-{part}": [text] for part, text in field.parts.items()}
    if isinstance(field, ChoiceField):
        return {field.name: [str(one) for one in field.chosen]}
    if isinstance(field, BooleanField):
        return {field.name: ["y"] if field.data else []}
    return {field.name: [str(field._value())]}


def as_posted(typed: Mapping[str, Any]) -> MultiDict[str, str]:
    """The same answers, as a form reads them."""
    return MultiDict({name: list(values) for name, values in typed.items()})
