"""Where to go next: only ever a page of our own."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, url_for

LONGEST = 1000
NOT_AGAIN = ("/sign-in", "/sign-out", "/signed-out")


def own_page(asked: str | None) -> str:
    """The address asked for if it is a path of ours, or the first page."""
    text = asked or ""
    start = text[:1] == "/" and text[1:2] not in ("/", "\\")
    plain = text.isascii() and text.isprintable() and "\\" not in text and len(text) <= LONGEST
    if not (start and plain) or urlsplit(text).netloc or text.startswith(NOT_AGAIN):
        return "/"
    return text


def public_address(endpoint: str, **values: Any) -> str:
    """An address of ours as the outside knows it, whatever Host a request came with."""
    settings = current_app.config["SETTINGS"]
    return f"{settings.public_url}{url_for(endpoint, **values)}"
