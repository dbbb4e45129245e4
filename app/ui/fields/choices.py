"""One of several, some of several, yes or no."""

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from wtforms import BooleanField, Field, Form, ValidationError
from wtforms.validators import StopValidation

from app.ui.fields.asked import Check, checks
from app.ui.words.choices import choices_of

Choices = Iterable[tuple[Any, str]] | type[enum.Enum]
NOT_OFFERED = "Select one of the answers shown"


class YesNoUnknown(enum.StrEnum):
    """An answer that may not be known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "not known"


class ChoiceField(Field):
    """One answer, as radio buttons. `.choices` are (value, text) pairs and may be set later."""

    data: Any

    def __init__(
        self,
        label: str = "",
        choices: Choices = (),
        *,
        words: Mapping[Any, str] | None = None,
        only: Iterable[Any] | None = None,
        coerce: Callable[[Any], Any] = str,
        required: str | None = None,
        hint: str = "",
        validators: Sequence[Check] = (),
        **others: Any,
    ) -> None:
        super().__init__(label, checks(required, validators), description=hint, **others)
        if isinstance(choices, type):
            coerce, choices = choices, choices_of(choices, words, only)
        self.coerce = coerce
        self.choices: list[tuple[Any, str]] = list(choices)

    def options(self) -> list[tuple[str, str, bool]]:
        """(value, text, chosen) for each choice, as they are shown."""
        return [(str(value), text, self._own(value) in self.chosen) for value, text in self.choices]

    @property
    def chosen(self) -> list[Any]:
        """What is chosen, as a list."""
        return [] if self.data is None else [self.data]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the answer."""
        self.data = None
        if valuelist and valuelist[0]:
            self.data = self._read(valuelist[0])

    def _own(self, value: Any) -> Any:
        kind = self.coerce
        return value if isinstance(kind, type) and isinstance(value, kind) else kind(value)

    def _read(self, text: str) -> Any:
        try:
            return self.coerce(text)
        except (ValueError, TypeError, KeyError):
            raise ValueError(NOT_OFFERED) from None

    def pre_validate(self, _form: Form) -> None:
        """Refuse what was not offered."""
        offered = [self._own(value) for value, _text in self.choices]
        if any(one not in offered for one in self.chosen):
            raise ValidationError(NOT_OFFERED)


class PickField(ChoiceField):
    """One answer, from a drop-down list that starts with `blank`."""

    def __init__(
        self, label: str = "", choices: Choices = (), blank: str = "Choose one", **others: Any
    ) -> None:
        super().__init__(label, choices, **others)
        self.blank = blank


class ChoicesField(ChoiceField):
    """Any number of answers, as tick boxes; `.data` is a list."""

    @property
    def chosen(self) -> list[Any]:
        """What is chosen, as a list."""
        return self.data or []

    def process_data(self, value: Any) -> None:
        """Take stored answers; None is no answer."""
        self.data = list(value or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the answers, each once."""
        self.data = []
        self.data = list(dict.fromkeys(self._read(text) for text in valuelist[:200]))


def _yes(value: Any) -> bool:
    if str(value).casefold() not in ("yes", "no", "true", "false"):
        raise ValueError(NOT_OFFERED)
    return str(value).casefold() in ("yes", "true")


class YesNoField(ChoiceField):
    """True, False, or None while there is no answer."""

    def __init__(self, label: str = "", **others: Any) -> None:
        super().__init__(label, [("yes", "Yes"), ("no", "No")], coerce=_yes, **others)


class YesNoUnknownField(ChoiceField):
    """A YesNoUnknown, or None while there is no answer."""

    def __init__(self, label: str = "", **others: Any) -> None:
        super().__init__(label, YesNoUnknown, **others)


def _ticked(message: str | None) -> Check:
    """Ask for the tick with `message`."""

    def check(_form: Form, field: Field) -> None:
        if message and not field.data:
            raise StopValidation(message)

    return check


class TickField(BooleanField):
    """One tick box. `required` is the message when it must be ticked."""

    def __init__(
        self,
        label: str = "",
        *,
        required: str | None = None,
        hint: str = "",
        validators: Sequence[Check] = (),
        **others: Any,
    ) -> None:
        super().__init__(label, [_ticked(required), *validators], description=hint, **others)
