"""Fields whose messages say what to do, each with a limit."""

from app.ui.fields.choices import (
    ChoiceField,
    ChoicesField,
    PickField,
    TickField,
    YesNoField,
    YesNoUnknown,
    YesNoUnknownField,
)
from app.ui.fields.contact import EmailField, PhoneField, PostcodeField
from app.ui.fields.dates import DatePartsField, TimeField
from app.ui.fields.numbers import NhsNumberField, NumberField
from app.ui.fields.text import LineField, NameField, ReferenceField, WordsField

__all__ = [
    "ChoiceField",
    "ChoicesField",
    "DatePartsField",
    "EmailField",
    "LineField",
    "NameField",
    "NhsNumberField",
    "NumberField",
    "PhoneField",
    "PickField",
    "PostcodeField",
    "ReferenceField",
    "TickField",
    "TimeField",
    "WordsField",
    "YesNoField",
    "YesNoUnknown",
    "YesNoUnknownField",
]
