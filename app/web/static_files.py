"""Static files by WhiteNoise: in memory, compressed, cached for ever under a hashed folder."""

from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from app.ui.look import STATIC, static_prefix
from app.web import headers

YEAR = 365 * 24 * 60 * 60


def install(app: Flask) -> None:
    """Answer for /static/… before the application is asked."""
    always = headers.for_static(app.config["SETTINGS"].public_url.startswith("https://"))

    def add_headers(found: Headers, _path: str, _url: str) -> None:
        for name, value in always.items():
            found[name] = value

    served = WhiteNoise(
        app.wsgi_app,
        max_age=YEAR,
        allow_all_origins=False,
        # The folder's name is a hash of what is in it.
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=add_headers,
    )
    served.add_files(str(STATIC), prefix=static_prefix())
    app.wsgi_app = served  # type: ignore[method-assign]
