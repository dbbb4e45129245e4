"""What every field shares: whether an answer is needed, and typed text made clean."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from wtforms import Field, Form
from wtforms.validators import StopValidation

# Marks that reorder what is shown after them: used to disguise text, never to write a name.
REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
Check = Callable[[Form, Field], None]


def clean(text: str, keep: str = "") -> str:
    """The text without control characters (other than those in `keep`) or marks that reorder."""
    kept = (
        one
        for one in text
        if one in keep or (unicodedata.category(one) not in ("Cc", "Cs") and one not in REORDERING)
    )
    return unicodedata.normalize("NFC", "".join(kept))


def clean_line(text: str) -> str:
    """One line: line breaks and runs of spaces become one space."""
    return " ".join(clean(text, keep="\t\r\n").split())


class Presence:
    """Ask for an answer with `message`; with no message an empty field is left in peace."""

    def __init__(self, message: str | None) -> None:
        self.message = message

    def __call__(self, _form: Form, field: Field) -> None:
        """Stop the chain at a mistake already named, or at an empty field."""
        if field.errors:
            raise StopValidation
        if field.data is None or field.data in ("", []):
            raise StopValidation(self.message or "")


def checks(required: str | None, validators: Sequence[Check], *own: Check) -> list[Check]:
    """The validators of a field, presence first."""
    return [Presence(required), *own, *validators]


def called(field: Field) -> str:
    """A field's name inside a message: its label without the question mark."""
    return str(field.label.text).rstrip("?").strip()


class ParsedField(Field):
    """One line of text that stands for something: subclasses say how to read and show it."""

    empty: Any = ""
    limit = 100

    def __init__(
        self,
        label: str = "",
        *,
        required: str | None = None,
        hint: str = "",
        validators: Sequence[Check] = (),
        **others: Any,
    ) -> None:
        super().__init__(label, checks(required, validators), description=hint, **others)
        self.typed: str | None = None

    def parse(self, text: str) -> Any:
        """Read what was typed. Raises ValueError with words that say what to do."""
        return text

    def show(self, value: Any) -> str:
        """Write a value as people read it."""
        return str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the field; what cannot be read is kept as it was typed."""
        self.typed = clean_line(valuelist[0]) if valuelist else ""
        self.data = self.empty
        if len(self.typed) > self.limit:
            raise ValueError(f"{called(self)} must be {self.limit} characters or fewer")
        if self.typed:
            self.data = self.parse(self.typed)

    def process_data(self, value: Any) -> None:
        """Take a stored value; None is empty."""
        self.data = self.empty if value is None else value

    def _value(self) -> str:
        if self.typed is not None and (self.errors or self.process_errors):
            return self.typed
        return "" if self.data == self.empty else self.show(self.data)
