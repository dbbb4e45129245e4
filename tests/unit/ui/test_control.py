"""Our short markup says the same as the library's own macros, which are slower."""

import enum
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from jinja2 import ChainableUndefined, Environment, PackageLoader
from werkzeug.datastructures import MultiDict

from app.ui import fields, look
from app.ui.forms import SecureForm

LIBRARY = Environment(
    loader=PackageLoader("nhsuk_frontend_jinja"), undefined=ChainableUndefined, autoescape=True
)
WRONG = {"text": "Mend this"}
SAME = ("class", "id", "name", "type", "value", "for", "role", "inputmode", "data-module", "href")


class Need(enum.StrEnum):
    DEBT = "debt"
    NONE = "none"


class Form(SecureForm):
    line = fields.LineField("Name", hint="As on the letter")
    words = fields.WordsField("Reason", limit=100, hint="In their words")
    pick = fields.PickField("Team", [("1", "One")], hint="Nearest", blank="")
    radios = fields.ChoiceField("How?", Need, hint="One")
    boxes = fields.ChoicesField("Needs", Need, hint="Several")
    day = fields.DatePartsField("Born", hint="For example, 27 3 1957")


ITEMS = [{"value": "debt", "text": "Debt", "checked": False}]
DIVIDED = [
    *ITEMS,
    {"divider": "or"},
    {"value": "none", "text": "None", "id": "boxes-2", "behaviour": "exclusive"},
]
CASES = [
    ("line", {"width": 10}, "input", "input", {"value": "a <b>", "width": "10", "label": "Name"}),
    ("words", {}, "character-count", "characterCount", {"value": "a", "maxlength": 100}),
    ("pick", {}, "select", "select", {"items": [{"value": "1", "text": "One", "selected": True}]}),
    ("radios", {"inline": True}, "radios", "radios", {"items": ITEMS, "inline": True}),
    ("boxes", {"exclusive": "none", "small": True}, "checkboxes", "checkboxes", {"small": True}),
    ("day", {"size": "m"}, "date-input", "dateInput", {}),
]
POSTED = [("line", "a <b>"), ("words", "a"), ("pick", "1"), ("day-day", "27")]


def described(root: Element) -> list[tuple[str, ...]]:
    """What matters of a tree: elements, the attributes a browser and a reader use, the words."""
    found = []
    for one in root.iter():
        attributes = [f"{name}={' '.join(one.get(name).split())}" for name in SAME if one.get(name)]
        about = sorted((one.get("aria-describedby") or "").split())
        found.append((str(one.tag), *attributes, *about, " ".join((one.text or "").split())))
    return found


def tree(markup: str) -> Element:
    return html5lib.parseFragment(str(markup), namespaceHTMLElements=False)


def library(component: str, macro: str, params: dict) -> Element:
    template = LIBRARY.get_template(f"nhsuk/components/{component}/macro.jinja")
    return tree(getattr(template.module, macro)(params))


@pytest.fixture
def app() -> Flask:
    made = Flask("control", static_folder=None)
    made.secret_key = "only a test"
    look.install(made)
    return made


@pytest.mark.parametrize(("name", "asked", "component", "macro", "more"), CASES)
def test_a_control_says_what_the_library_says(app, name, asked, component, macro, more):
    with app.test_request_context():
        form = Form(MultiDict(POSTED))
        field = form[name]
        field.errors = ["Mend this"] if name != "day" else []
        ours = tree(field(**asked))
        label = {"text": str(field.label.text), "size": asked.get("size")}
        params = {"name": name, "id": name, "hint": {"text": field.description}}
        params |= {"errorMessage": WRONG if field.errors else None, "label": label}
        if macro in ("radios", "checkboxes", "dateInput"):
            params |= {"idPrefix": name, "fieldset": {"legend": label}}
        theirs = library(component, macro, _finished(macro, params | more, field))
    assert described(ours) == described(theirs)


def _finished(macro, params, field):
    if macro == "input":
        params["label"] = {"text": "Name"}
    if macro == "radios":
        params["items"] = [*ITEMS, {"value": "none", "text": "None"}]
        params.pop("id")
    if macro == "checkboxes":
        params["items"] = DIVIDED
        params.pop("id")
    if macro == "dateInput":
        widths = {"day": 2, "month": 3, "year": 4}
        params["items"] = [
            {
                "id": f"day-{part}",
                "name": f"day-{part}",
                "label": {"text": part.title()},
                "width": width,
                "value": field.parts[part],
            }
            for part, width in widths.items()
        ]
    return params


def test_the_error_summary_says_what_the_library_says(app):
    with app.test_request_context():
        form = Form(MultiDict(POSTED))
        form.line.errors = ["Enter the name"]
        ours = tree(form.error_summary())
    wrong = [{"text": "Enter the name", "href": "#line"}]
    params = {"titleText": "There is a problem", "errorList": wrong}
    assert described(ours) == described(library("error-summary", "errorSummary", params))
