"""What every published record keeps to: fields that hold nothing are left out."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from marshmallow import Schema, fields, post_dump

Kind = TypeVar("Kind", bound=fields.Field[Any])
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# So many addresses are worked out once: a list has the same ones again and again.
KEPT = 10_000
LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Published(Schema):
    """A record that others read. A field that is required is there even when it is blank."""

    @post_dump
    def _leave_out_nothing(self, data: Mapping[str, Any], **_: Any) -> dict[str, Any]:
        return {
            name: value
            for name, value in data.items()
            if value not in (None, "") or self.fields[name].required
        }


def told(kind: Kind, by: Callable[[Any], Any]) -> Kind:
    """A field of this kind whose value is worked out from the record."""

    def value(record: Any, *_: Any, **__: Any) -> Any:
        return by(record)

    kind.get_value = value  # type: ignore[method-assign, assignment]
    return kind


def listed(schema: type[Schema], by: Callable[[Any], Any]) -> fields.List:
    """A list of records of this schema, worked out from the record."""
    return told(fields.List(fields.Nested(schema)), by)


def address_of_web(by: Callable[[Any], str]) -> fields.String:
    """A web address; what is not one is left out."""
    return told(fields.String(metadata={"format": "uri"}), lambda one: web_address(by(one)))


def address_of_mail(by: Callable[[Any], str]) -> fields.String:
    """An e-mail address; what is not one is left out."""
    return told(fields.String(metadata={"format": "email"}), lambda one: email_address(by(one)))


@lru_cache(maxsize=KEPT)
def web_address(text: str) -> str | None:
    """The address as RFC 3986 writes it, or None when it is not one for the web."""
    tidy, _, fragment = quote(text.strip(), safe="%:/?#@!$&'()*+,;=~").partition("#")
    tidy = LONE_PERCENT.sub("%25", tidy + ("#" + fragment.replace("#", "%23") if fragment else ""))
    try:
        parts = urlsplit(tidy)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return tidy if usable and "%" not in parts.netloc else None


def email_address(text: str) -> str | None:
    """The address, or None when it cannot be one."""
    return text.strip() if EMAIL.fullmatch(text.strip()) else None
