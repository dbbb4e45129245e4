"""Behind proxies of our own, the address of a request is what the outermost of them saw."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def install(app: Flask) -> None:
    """Believe as many `X-Forwarded-For` and `-Proto` entries, from the right, as we have proxies.

    What a stranger wrote there stands further to the left. The host is never taken from a header.
    """
    trusted = app.config["SETTINGS"].limits.trusted_proxies
    if trusted:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=0, x_port=0, x_prefix=0
        )
