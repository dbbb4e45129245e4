"""Send what no browser would, and judge what comes back."""

import re
from collections.abc import Mapping
from typing import Any

from werkzeug.test import TestResponse

FORM = "application/x-www-form-urlencoded"
REFERENCE = re.compile(r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}")
TRACE = re.compile(r"Traceback|File \"|psycopg|sqlalchemy|werkzeug\.|line \d+, in ")


def judged(answer: TestResponse, *asked: object) -> TestResponse:
    """Never our fault, never a trace; a refusal has a reference."""
    assert answer.status_code < 500, (answer.status_code, *asked)
    text = answer.get_data().decode("utf-8", "replace")  # some answers are files
    assert not TRACE.search(text), asked
    page = answer.mimetype == "text/html" and answer.status_code not in (401, 404, 422)
    if page and 400 <= answer.status_code < 500:
        assert REFERENCE.search(text), (answer.status_code, *asked)
    for name, value in answer.headers:
        assert "\n" not in value, name
    assert "trellis=x" not in str(answer.headers)
    return answer


def files_named(fields: Mapping[str, str]) -> bytes:
    """A file in the place of every field, but for the token."""
    names = ("words", "note", "version", "reason", "agency", "name", "given_name", "who", "term")
    token = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    file = b'--x\r\nContent-Disposition: form-data; name="%s"; filename="x"\r\n\r\nx\r\n'
    parts = [token % (name.encode(), value.encode()) for name, value in fields.items()]
    return b"".join([*parts, *(file % name.encode() for name in names), b"--x--\r\n"])


def encoded(body: dict[str, Any]) -> dict[str, Any]:
    """Lone surrogates as a hostile client would send them: the bytes as they are."""
    if not isinstance(body.get("data"), dict):
        return body
    pairs = [f"{name}={quoted(value)}" for name, value in body["data"].items()]
    return {"data": "&".join(pairs), "content_type": FORM}


def quoted(value: object) -> str:
    return "".join(f"%{one:02x}" for one in str(value).encode("utf-8", "surrogatepass"))
