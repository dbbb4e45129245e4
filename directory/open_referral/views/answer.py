"""An answer that others can keep: JSON with an ETag, the time of change, and gzip."""

import gzip
import hashlib
import json
from datetime import datetime
from typing import Any

from flask import Response, request
from marshmallow import Schema

from directory.open_referral.queries.page import Page
from directory.open_referral.schemas.page import dumper

FRESH_SECONDS = 60
WORTH_PACKING = 500
LEVEL = 5


def answer(content: Any, changed_at: datetime | None = None) -> Response:
    """The content, or 304 when who asks has it already."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    made = Response(body, mimetype="application/json")
    # Weak: packed and unpacked are the same to who reads them.
    made.set_etag(hashlib.sha256(body).hexdigest()[:32], weak=True)
    if changed_at:
        made.last_modified = changed_at
    made.cache_control.public = True
    made.cache_control.max_age = FRESH_SECONDS
    made.vary.add("Accept-Encoding")
    made.make_conditional(request)
    return _packed(made, body) if made.status_code == 200 else made


def page(found: Page[Any], schema: type[Schema]) -> Response:
    """A page of records in its envelope."""
    return answer(dumper(schema).dump(found), found.changed_at)


def _packed(made: Response, body: bytes) -> Response:
    if len(body) >= WORTH_PACKING and request.accept_encodings.quality("gzip") > 0:
        # No time in the packed form: the same content gives the same bytes.
        made.set_data(gzip.compress(body, LEVEL, mtime=0))
        made.content_encoding = "gzip"
    return made
