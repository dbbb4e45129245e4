"""Typed text: a line, a name, a reference, many lines."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field, Form, StringField, ValidationError
from wtforms.widgets import TextArea

from app.ui.fields.asked import Check, checks, clean, clean_line

HALF = 4


class Limit:
    """At most `most` characters, and how many to take away."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ValidationError when the text is longer."""
        length = len(field.data or "")
        if length > self.most:
            raise ValidationError(
                f"Shorten this to {self.most:,} characters or fewer: it has {length:,}"
            )


class LineField(StringField):
    """One line of text."""

    limit = 200

    def __init__(
        self,
        label: str = "",
        *,
        required: str | None = None,
        hint: str = "",
        limit: int | None = None,
        validators: Sequence[Check] = (),
        **others: Any,
    ) -> None:
        self.limit = limit or self.limit
        own = checks(required, validators, Limit(self.limit))
        super().__init__(label, own, description=hint, **others)

    def process_data(self, value: Any) -> None:
        """Take a stored value; None is empty."""
        self.data = value or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the field on one line."""
        self.data = clean_line(valuelist[0]) if valuelist else ""


class NameField(LineField):
    """A name, in any script, as its owner writes it."""

    limit = 100


class ReferenceField(LineField):
    """A reference as people say it on the telephone; read as it is stored, such as `7K3M-92QX`."""

    limit = 20

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read letters and figures as capitals, with the dash in its place."""
        super().process_formdata(valuelist)
        said = "".join(one for one in self.data.upper() if one.isascii() and one.isalnum())
        self.data = "-".join(part for part in (said[:HALF], said[HALF:]) if part)

    def _value(self) -> str:
        """Show again what was typed."""
        return str(self.raw_data[0]) if self.raw_data else str(self.data or "")


class WordsField(LineField):
    """Many lines of text, with a count of what is left."""

    widget = TextArea()
    limit = 4000

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the field, with its line breaks."""
        typed = valuelist[0] if valuelist else ""
        lines = typed.replace("\r\n", "\n").replace("\r", "\n")
        self.data = clean(lines, keep="\n\t").strip()
