"""Where a request ends is said once, or the request is refused: none can hide in another's body."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.house import plan
from tests.providers.provider import free_port

HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = "Transfer-Encoding: chunked"
DOUBTFUL = {
    "both ways": ["Content-Length: 4", CHUNKED],
    "both ways, the other first": [CHUNKED, "Content-Length: 4"],
    "chunked twice": [CHUNKED, CHUNKED],
    "nearly chunked": ["Transfer-Encoding: xchunked"],
    "chunked, then more": ["Transfer-Encoding: chunked, identity"],
    "a space before the colon": ["Transfer-Encoding : chunked"],
    "a header that goes on": ["X: y", " Transfer-Encoding: chunked"],
    "two lengths": ["Content-Length: 0", f"Content-Length: {len(HIDDEN)}"],
    "a length with a sign": ["Content-Length: +0"],
    "a length in another system": ["Content-Length: 0x0"],
    "a length below nought": ["Content-Length: -1"],
}


def told_by(port: int, sent: bytes) -> bytes:
    """Everything that comes back."""
    heard = b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent)
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            connection.settimeout(2)
            while part := connection.recv(65536):
                heard += part
    return heard


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Our server with our settings of it; what it serves does not matter here."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn"]
    command += ["-b", f"127.0.0.1:{port}", "-w", "1", "werkzeug.testapp:test_app"]
    with subprocess.Popen(command, cwd=plan.ROOT, stderr=subprocess.DEVNULL) as server:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            time.sleep(0.05)
        yield port
        server.terminate()


def asking(version: str, *headers: str) -> bytes:
    head = "\r\n".join([f"POST / HTTP/{version}", "Host: localhost", *headers])
    return head.encode() + b"\r\n\r\n"


def test_two_requests_that_are_meant_get_two_answers(port):
    sent = (
        asking("1.1", "Content-Length: 4")
        + b"a=bc"
        + HIDDEN.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    )
    assert told_by(port, sent).count(b"HTTP/1.1 200") == 2


@pytest.mark.parametrize("what", DOUBTFUL)
def test_a_request_whose_end_is_doubtful_is_refused_with_all_that_follows(port, what):
    heard = told_by(port, asking("1.1", *DOUBTFUL[what]) + b"0\r\n\r\n" + HIDDEN)
    assert heard.startswith((b"HTTP/1.1 400", b"HTTP/1.1 501")), heard[:200]
    assert heard.count(b"HTTP/1.1 ") == 1


def test_the_older_protocol_knows_no_chunks(port):
    heard = told_by(port, asking("1.0", CHUNKED) + b"0\r\n\r\n" + HIDDEN)
    assert heard.startswith(b"HTTP/1.1 400")
