"""Where to go back to: only ever a path of our own."""

from urllib.parse import urlsplit

from flask import request

LONGEST = 2000


def here() -> str:
    """The address being asked for, without its host: where to come back to."""
    return request.full_path.rstrip("?") if request.query_string else request.path


def local_path(text: str | None, otherwise: str = "/") -> str:
    """`text` when it is a path on this site, else `otherwise`.

    Browsers read a backslash as a slash and drop tabs and line breaks, so these are refused.
    """
    if not text or len(text) > LONGEST or not text.startswith("/") or text.startswith("//"):
        return otherwise
    if "\\" in text or any(ord(one) < 33 or ord(one) == 127 for one in text):
        return otherwise
    parts = urlsplit(text)
    return otherwise if parts.scheme or parts.netloc else text
