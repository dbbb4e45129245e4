"""Put the shell around an application, the outermost first."""

from urllib.parse import urlsplit

from flask import Flask

from app.ui import look
from app.ui.words.choices import call_link_workers
from app.web import (
    context,
    errors,
    gate,
    headers,
    limits,
    metrics,
    origin,
    proxies,
    request_id,
    static_files,
)
from app.web.views import bp

MAX_BODY = 1024 * 1024
# Health checks and tests knock here, whatever the public name is.
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def install(app: Flask) -> None:
    """Add the look, the gate, headers, errors, limits, health and home.

    Call it before the rooms are registered, and `finish` after them.
    """
    settings = app.config["SETTINGS"]
    public_host = urlsplit(settings.public_url).hostname or "localhost"
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    app.config["TRUSTED_HOSTS"] = [public_host, *LOCAL_HOSTS]
    call_link_workers(settings.link_worker_label)
    look.install(app)
    for part in (request_id, metrics, headers, origin, gate, limits, errors):
        part.install(app)
    app.context_processor(context.everywhere)
    app.register_blueprint(bp)
    static_files.install(app)
    proxies.install(app)


def finish(app: Flask) -> None:
    """Raise UndeclaredRoute unless every route has said for whom it is."""
    gate.check(app)
