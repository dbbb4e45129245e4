"""A request that changes something must come from our own pages (besides its form's token)."""

from urllib.parse import urlsplit

from flask import Flask, current_app, request

from app.core.errors import Denied

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OURS = frozenset({"same-origin", "none"})


def _is_ours() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OURS
    origin = request.headers.get("Origin")
    if origin is None:
        return True  # not a browser of these years: the token decides
    public = urlsplit(current_app.config["SETTINGS"].public_url).netloc
    return urlsplit(origin).netloc in {request.host, public}


def _check() -> None:
    if request.method not in SAFE and not _is_ours():
        raise Denied("This was sent from another site. Open the page here and send it again.")


def install(app: Flask) -> None:
    """Refuse unsafe requests that another site made a browser send."""
    app.before_request(_check)
