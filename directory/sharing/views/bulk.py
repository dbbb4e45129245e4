"""Everything in one file: a line for each service, or the tables of HSDS in a zip."""

import contextlib
import threading
from collections.abc import Iterator

from flask import Response, current_app, request, stream_with_context

from app.core.db import NOBODY, transaction
from app.core.errors import Unavailable
from app.ui.doors import searching
from directory.open_referral.queries.page import changed_at
from directory.open_referral.schemas.document import LICENCE
from directory.sharing.blueprint import bp
from directory.sharing.schemas.archive import archive
from directory.sharing.schemas.lines import lines, packed
from directory.sharing.schemas.package import described

FRESH_SECONDS = 3600
AGAIN_SECONDS = 120
# One a process: the other threads go on answering people.
_writing = threading.BoundedSemaphore(1)


@bp.get("/services.ndjson")
@searching
def services() -> Response:
    """All services, one a line."""
    packs = request.accept_encodings.quality("gzip") > 0
    made = _file("application/x-ndjson", "services.ndjson")
    made.vary.add("Accept-Encoding")
    if made.status_code == 200 and packs:
        made.content_encoding = "gzip"
    return _filled(made, packed(lines()) if packs else lines())


@bp.get("/package.zip")
@searching
def package() -> Response:
    """The tabular data package: a CSV file for each table, and what they are."""
    settings = current_app.config["SETTINGS"]
    made = _file("application/zip", "package.zip")
    about = described(settings.service_name, settings.public_url, made.last_modified)
    return _filled(made, archive(about))


def _file(kind: str, name: str) -> Response:
    """An answer without its content, or 304 when who asks has it already."""
    with transaction(NOBODY):
        moment = changed_at()
    made = Response(mimetype=kind)
    made.set_etag(f"{name}-{moment.timestamp() if moment else 0}", weak=True)
    made.last_modified = moment
    made.cache_control.public = True
    made.cache_control.max_age = FRESH_SECONDS
    made.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    made.headers["Link"] = f'<{LICENCE["url"]}>; rel="license"'
    made.make_conditional(request)
    made.headers.pop("Content-Length", None)
    return made


def _filled(made: Response, parts: Iterator[bytes]) -> Response:
    if made.status_code == 304 or request.method == "HEAD":
        return made
    if not _writing.acquire(blocking=False):
        raise Unavailable("Somebody is reading everything at this moment", AGAIN_SECONDS)
    turn = contextlib.ExitStack()
    turn.callback(_writing.release)
    made.call_on_close(turn.close)
    made.response = stream_with_context(_in_turn(turn, parts))
    return made


def _in_turn(turn: contextlib.ExitStack, parts: Iterator[bytes]) -> Iterator[bytes]:
    with turn:
        yield from parts
