"""One WTForms field as NHS.UK markup: label, hint, error and control, tied together."""

from typing import Any

import wtforms
from flask import current_app
from markupsafe import Markup

from app.ui.fields import (
    ChoiceField,
    ChoicesField,
    DatePartsField,
    EmailField,
    NhsNumberField,
    NumberField,
    PhoneField,
    PickField,
    PostcodeField,
    TickField,
    WordsField,
)

# For each field what a browser should know, unless the page says otherwise.
KNOWN: list[tuple[type[wtforms.Field], dict[str, Any]]] = [
    (EmailField, {"type": "email", "autocomplete": "off", "spellcheck": "false"}),
    (PhoneField, {"type": "tel", "autocomplete": "off", "width": 20}),
    (NhsNumberField, {"inputmode": "numeric", "autocomplete": "off", "width": 10}),
    (PostcodeField, {"autocomplete": "off", "width": 10}),
    (NumberField, {"inputmode": "numeric", "width": 5}),
]
KINDS: list[tuple[type[wtforms.Field], str]] = [
    (DatePartsField, "date"),
    (PickField, "select"),
    (ChoicesField, "checkboxes"),
    (ChoiceField, "radios"),
    (TickField, "tick"),
    (WordsField, "textarea"),
]


class Options(dict[str, Any]):
    """The options of one field; those not given are empty."""

    def __missing__(self, _name: str) -> str:
        return ""


def _macro(name: str) -> Any:
    return getattr(current_app.jinja_env.get_template("components/control.html").module, name)


def first_control(field: wtforms.Field) -> str:
    """The id of the control an error link should go to."""
    if isinstance(field, DatePartsField):
        part = next((one for one in field.parts if one in field.bad), "day")
        return f"{field.id}-{part}"
    return str(field.id)


def render(field: wtforms.Field, asked: dict[str, Any]) -> Markup:
    """The markup of a field; `asked` are the options of the page (see components/control.html)."""
    if isinstance(field.widget, wtforms.widgets.HiddenInput):
        return Markup('<input type="hidden" name="{}" value="{}">').format(
            field.name, field._value()
        )
    options = Options()
    for kind, known in KNOWN:
        if isinstance(field, kind):
            options |= known
    options |= (field.render_kw or {}) | asked
    options["hint"] = options.get("hint") or field.description
    name = next((name for kind, name in KINDS if isinstance(field, kind)), "line")
    options["counted"] = name == "textarea"
    return Markup(_macro(name)(field, options).strip())  # noqa: S704 - our own template  # nosec B704


def summary(form: wtforms.Form) -> Markup:
    """What is wrong with a form, each line a link to the control to mend; empty when nothing is."""
    wrong = [
        (first_control(field), str(field.errors[0]))
        for field in form
        if field.errors and not isinstance(field.widget, wtforms.widgets.HiddenInput)
    ]
    hidden = [
        (None, str(field.errors[0]))
        for field in form
        if field.errors and isinstance(field.widget, wtforms.widgets.HiddenInput)
    ]
    whole = [(None, str(one)) for one in form.form_errors]
    lines = whole + hidden + wrong
    return Markup(_macro("summary")(lines).strip()) if lines else Markup()  # noqa: S704  # nosec B704
