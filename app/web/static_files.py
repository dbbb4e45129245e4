"""Static files by WhiteNoise: in memory, compressed, cached for ever under a hashed folder."""

from collections.abc import Iterable
from typing import Any
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from app.ui.look import STATIC, static_prefix
from app.web import headers

YEAR = 365 * 24 * 60 * 60
READING = frozenset({"GET", "HEAD"})


class _Files(WhiteNoise):
    """Only what is read: its own refusal of another method has no headers of ours."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answering = super().__call__ if environ["REQUEST_METHOD"] in READING else self.application
        return answering(environ, start_response)


def install(app: Flask) -> None:
    """Answer for /static/… before the application is asked."""
    always = headers.for_static(app.config["SETTINGS"].public_url.startswith("https://"))

    def add_headers(found: Headers, _path: str, _url: str) -> None:
        for name, value in always.items():
            found[name] = value

    served = _Files(
        app.wsgi_app,
        max_age=YEAR,
        allow_all_origins=False,
        # The folder's name is a hash of what is in it.
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=add_headers,
    )
    served.add_files(str(STATIC), prefix=static_prefix())
    app.wsgi_app = served  # type: ignore[method-assign]
