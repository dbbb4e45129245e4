"""Numbers: how many, and the NHS number with its check digit."""

import re
import unicodedata
from typing import Any

from app.ui.fields.asked import ParsedField, called

NHS_DIGITS = 10


def plain_digits(text: str) -> str:
    """Digits of any script as 0 to 9; everything else as it was."""
    return "".join(
        str(unicodedata.digit(one)) if one.isdecimal() else one
        for one in unicodedata.normalize("NFKC", text)
    )


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the right check digit (modulus 11)."""
    total = sum(int(one) * weight for one, weight in zip(digits, range(10, 1, -1), strict=False))
    return len(digits) == NHS_DIGITS and (11 - total % 11) % 11 == int(digits[-1])


class NhsNumberField(ParsedField):
    """Ten digits in `.data`, however they were spaced."""

    def parse(self, text: str) -> str:
        """Read an NHS number."""
        digits = re.sub(r"[\s\-.‐-―]", "", plain_digits(text))
        if not re.fullmatch(r"[0-9]{10}", digits):
            raise ValueError(f"{called(self)} must be 10 digits, like 999 000 0018")
        if not is_nhs_number(digits):
            raise ValueError(f"{called(self)} is mistyped: check each digit, or leave it out")
        return digits

    def show(self, value: Any) -> str:
        """999 000 0018."""
        return f"{value[:3]} {value[3:6]} {value[6:]}"


class NumberField(ParsedField):
    """A whole number from `low` to `high`; None when empty."""

    empty = None
    limit = 20

    def __init__(self, label: str = "", low: int = 0, high: int = 1000, **others: Any) -> None:
        super().__init__(label, **others)
        self.low, self.high = low, high

    def parse(self, text: str) -> int:
        """Read a whole number within its bounds."""
        digits = plain_digits(text).replace(",", "").replace(" ", "")
        if re.fullmatch(r"[-+]?[0-9]{1,9}", digits) and self.low <= int(digits) <= self.high:
            return int(digits)
        raise ValueError(
            f"{called(self)} must be a whole number from {self.low:,} to {self.high:,}"
        )
