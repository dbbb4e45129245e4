"""How to reach somebody: postcode, telephone, e-mail."""

import re

from app.ui.fields.asked import ParsedField, called
from app.ui.fields.numbers import plain_digits

OUTWARD = r"(?:[A-Z]{1,2}[0-9][0-9A-Z]?|GIR)"
POSTCODE = re.compile(rf"({OUTWARD})([0-9][ABD-HJLNP-UW-Z]{{2}})")
EMAIL = re.compile(
    r"[^@\s,;:<>()\[\]\\\"]+@(?:[^@\s,;:<>()\[\]\\\".]+\.)+[^@\s,;:<>()\[\]\\\".]{2,}"
)
EXTENSION = re.compile(r"(?:ext(?:ension)?\.?|x|#)\s*([0-9]{1,6})$", re.IGNORECASE)


class PostcodeField(ParsedField):
    """A postcode in `.data` as the Royal Mail writes it: S10 1AE."""

    limit = 20

    def parse(self, text: str) -> str:
        """Read a postcode in any spacing or case."""
        found = POSTCODE.fullmatch(re.sub(r"[\W_]", "", plain_digits(text)).upper())
        if found is None:
            raise ValueError(f"{called(self)} must be a full postcode, like BN11 1AA")
        return f"{found[1]} {found[2]}"


class PhoneField(ParsedField):
    """A telephone number in `.data`: 01632 960001, or +33 and so on from abroad."""

    limit = 40

    def parse(self, text: str) -> str:
        """Read a telephone number of the United Kingdom or another country."""
        extension = EXTENSION.search(text)
        typed = plain_digits(text[: extension.start()] if extension else text)
        number = re.sub(r"[\s().\-/‐-―]", "", typed)
        number = re.sub(r"^(\+|00)440?", "0", number)
        number = re.sub(r"^00", "+", number)
        if not re.fullmatch(r"0[1-9][0-9]{8,9}|\+[1-9][0-9]{6,14}", number):
            raise ValueError(
                f"{called(self)} must be a telephone number, like 01632 960 001 or +44 7700 900 982"
            )
        return self._spaced(number) + (f" ext {extension[1]}" if extension else "")

    @staticmethod
    def _spaced(number: str) -> str:
        if number.startswith("02"):
            return f"{number[:3]} {number[3:7]} {number[7:]}"
        return number if number.startswith("+") else f"{number[:5]} {number[5:]}"


class EmailField(ParsedField):
    """An e-mail address."""

    limit = 254

    def parse(self, text: str) -> str:
        """Read an address: something, an @ and a domain."""
        if not EMAIL.fullmatch(text):
            raise ValueError(f"{called(self)} must be an email address, like name@example.com")
        return text
