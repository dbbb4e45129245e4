"""Pages with every part of the shared look, and a few that go wrong on purpose."""

import datetime
import enum

import sqlalchemy as sa
from flask import Blueprint, request
from sqlalchemy.orm.exc import StaleDataError

from app.core import errors
from app.core.db import NOBODY, session, transaction
from app.ui import fields, navigation
from app.ui.doors import public, signed_in
from app.ui.forms import SecureForm
from app.ui.pages import page

bp = public(Blueprint("gallery", __name__, url_prefix="/gallery", template_folder="templates"))


LABELS = ("Refer someone", "Triage", "Caseload", "Inbox", "Sent", "Directory", "Counts", "People")
for label in LABELS:
    where = "gallery.parts" if label == "Caseload" else f"gallery.{label.split()[0].lower()}"
    bp.add_url_rule(f"/{label.split()[0].lower()}", where.partition(".")[2] + "_", lambda: "")
    navigation.add(label, where if label == "Caseload" else where + "_", about="What to do next")


class Need(enum.StrEnum):
    """What somebody may need."""

    LONELINESS = "loneliness"
    DEBT = "debt and bills"
    HOUSING = "damp housing"
    NONE = "none of these"


class GalleryForm(SecureForm):
    """One of each field."""

    given_name = fields.NameField("Given name", required="Enter the given name")
    nhs_number = fields.NhsNumberField("NHS number", hint="10 digits, if you have it")
    postcode = fields.PostcodeField("Postcode", required="Enter the postcode")
    phone = fields.PhoneField("Phone")
    email = fields.EmailField("Email")
    born = fields.DatePartsField(
        "Date of birth", required="Enter the date of birth", must_be="past"
    )
    at = fields.TimeField("What time?")
    minutes = fields.NumberField("How many minutes?", 1, 600)
    how = fields.ChoiceField("How did you speak?", Need, required="Select how you spoke")
    needs = fields.ChoicesField("What do they need?", Need)
    where = fields.PickField("Which team?", [("elm", "Elm"), ("oak", "Oak")])
    safe = fields.YesNoField("Is it safe to leave a message?", required="Select yes or no")
    carer = fields.YesNoUnknownField("Do they care for somebody?")
    reason = fields.WordsField("Reason", required="Enter the reason", limit=500)
    agreed = fields.TickField("They agreed to share this", required="Tick when they agreed")


@bp.route("/form", methods=["GET", "POST"])
def form() -> object:
    """Every field."""
    filled = GalleryForm()
    if filled.validate_on_submit():
        return page("gallery/parts.html", now=datetime.datetime.now(datetime.UTC))
    return page("gallery/form.html", form=filled)


@bp.get("/parts")
def parts() -> object:
    """Every component."""
    return page("gallery/parts.html", now=datetime.datetime.now(datetime.UTC))


@bp.get("/print")
def to_print() -> object:
    """A page to be printed."""
    return page("gallery/print.html")


@bp.route("/kept", methods=["GET", "POST"])
@signed_in
def kept() -> object:
    """A form for actors."""
    filled = GalleryForm()
    filled.validate_on_submit()
    return page("gallery/form.html", form=filled)


FAILURES = {
    "denied": errors.Denied("To do this you must be: a team lead"),
    "absent": errors.NotFound("There is no referral 17"),
    "conflict": errors.Conflict("A finished referral cannot be accepted"),
    "invalid": errors.Invalid("Choose another day"),
    "unavailable": errors.Unavailable("Keys are out of reach", retry_after=7),
    "damaged": errors.DamagedRecord("QX-1"),
    "stale": StaleDataError("UPDATE statement on table 'referral' expected to update 1 row"),
    "pool": sa.exc.TimeoutError("QueuePool limit"),
    "bug": RuntimeError("Mrs Zebedee's telephone number"),
}


@bp.get("/fail/<kind>")
def fail(kind: str) -> str:
    """Go wrong as asked."""
    raise FAILURES[kind]


@bp.get("/sql")
def sql() -> str:
    """Run into the database's limits."""
    with transaction(NOBODY):
        session.execute(sa.text(request.args["statement"]))
    return "done"


@bp.post("/fault")
def fault() -> str:
    """Take a form while something is out of reach."""
    raise errors.Unavailable
