"""Fetching a feed from somewhere we do not trust: bounded in size and time, and never inward.

Where a connection arrives is judged before a request is sent (app.core.outward).
"""

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

from app.core.errors import Invalid, Unavailable
from app.core.outward import Outward

CONNECT_SECONDS, READ_SECONDS, PAGE_SECONDS = 5, 30, 120
LARGEST_PAGE = 100 * 1024 * 1024
CHUNK = 256 * 1024
PATIENCE = (1, 3, 10)
BUSY = {429, 502, 503, 504}


@dataclass(frozen=True)
class Document:
    """What was fetched, and what its publisher says that it is."""

    body: bytes
    kind: str


class Transport:
    """Asks over http(s); nothing of this machine's settings goes along."""

    def __init__(self, *, loopback: bool = False) -> None:
        self.session = requests.Session()
        # No proxy and no password of the operator's own: a proxy would do the connecting.
        self.session.trust_env = False
        self.session.max_redirects = 5
        self.session.adapters.clear()
        for scheme in ("https://", "http://"):
            self.session.mount(scheme, Outward(loopback))
        self.session.headers["Accept"] = "application/json, text/csv, application/zip;q=0.9"

    def json(self, url: str, **query: str | int) -> Any:
        """What is at this address, read as JSON. Raises as `document` does."""
        return read_json(self.document(url, **query).body)

    def document(self, url: str, **query: str | int) -> Document:
        """What is at this address, whatever it is.

        Raises:
            Invalid: it cannot be fetched from there.
            Unavailable: it did not answer, asked several times.
        """
        if urlsplit(url).scheme.lower() not in {"http", "https"}:
            raise Invalid("A feed is read over https (or http); this address is neither")
        for wait in (*PATIENCE, None):
            try:
                return self._fetch(url, query)
            except requests.exceptions.SSLError as error:
                raise Invalid(f"{url} does not show a certificate that we trust") from error
            except (requests.ConnectionError, requests.Timeout, Unavailable) as error:
                if wait is None:
                    raise Unavailable(f"No answer from {url}: {type(error).__name__}") from error
                time.sleep(wait)
            except (requests.RequestException, UnicodeError) as error:
                raise Invalid(f"{url} cannot be read: {type(error).__name__}") from error
        raise AssertionError("the last turn raises")

    def _fetch(self, url: str, query: dict[str, str | int]) -> Document:
        until = time.monotonic() + PAGE_SECONDS
        seconds = (CONNECT_SECONDS, READ_SECONDS)
        with self.session.get(url, params=query, timeout=seconds, stream=True) as answer:
            if answer.status_code in BUSY:
                raise Unavailable(f"{url} is busy")
            if answer.status_code != 200:
                raise Invalid(f"{url} answers {answer.status_code}")
            body = bytearray()
            for chunk in answer.iter_content(CHUNK):
                body += chunk
                if len(body) > LARGEST_PAGE or time.monotonic() > until:
                    raise Invalid(f"{url} is too large, or too slow, for one page")
            kind = answer.headers.get("Content-Type", "")
            return Document(bytes(body), kind.partition(";")[0].strip().lower())


def read_json(body: bytes) -> Any:
    """JSON that may come with a byte-order mark. Raises Invalid when it is none."""
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Invalid("This is not JSON in UTF-8 that can be read") from error
