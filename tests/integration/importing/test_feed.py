"""A feed is read page by page over the web, and leads nowhere that it should not."""

import io
import json
import socket
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.errors import Invalid
from app.core.outward import is_outside
from directory.importing import transport
from directory.importing.reading import tabular
from directory.importing.reading.source import Format, Source
from tests.attacks.test_observatory import certified
from tests.integration.importing.feeds import a_page, a_service


class Feed(ThreadingHTTPServer):
    """A publisher on this machine: `pages` are answered by path, or by a function."""

    pages: dict
    kind = "application/json"
    asked: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    """What a publisher says."""

    server: Feed

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        parts = urlsplit(self.path)
        page = self.server.pages.get(parts.path)
        said = page(parse_qs(parts.query)) if callable(page) else page
        if isinstance(said, str) and said.startswith("to "):
            self.send_response(302)
            self.send_header("Location", said.removeprefix("to "))
            self.end_headers()
            return
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(404 if said is None else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", self.server.kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture
def feed() -> Iterator[Feed]:
    with Feed(("127.0.0.1", 0), Answer) as server:
        server.pages, server.asked = {}, []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def names(where: str, **more: object) -> list[str]:
    return [row["name"] for row in Source(where, loopback=True, **more).rows()]


def pages_of_three(query: dict) -> dict:
    number = int(query.get("page", ["1"])[0])
    return a_page([a_service(f"s{number}", f"Tea {number}")], number, 3)


def test_every_page_of_version_3_is_read_from_the_address_of_the_api(feed):
    feed.pages = {"/v3/": {"version": "HSDS-UK-3.0"}, "/v3/services": pages_of_three}
    assert names(f"{feed.address}/v3/", details=False) == ["Tea 1", "Tea 2", "Tea 3"]


def test_every_page_of_version_1_is_read_when_it_counts_from_nought(feed):
    def page(query: dict) -> dict:
        number = int(query.get("page", ["0"])[0])
        told = {"number": number, "totalPages": 2, "last": number == 1}
        return {**told, "content": [a_service(str(number), f"Tea {number}")]}

    feed.pages = {"/services": page}
    assert names(f"{feed.address}/services", details=False) == ["Tea 0", "Tea 1"]


def test_each_service_is_asked_for_whole_and_the_list_serves_where_it_is_not_there(feed):
    whole = a_service("s1", "Tea 1", contacts=[])
    feed.pages = {"/services": pages_of_three, "/services/s1": whole}
    rows = list(Source(f"{feed.address}/services", loopback=True).rows())

    assert "contacts" in rows[0]
    assert [row["name"] for row in rows] == ["Tea 1", "Tea 2", "Tea 3"]


def test_a_feed_that_says_the_same_page_for_ever_ends(feed):
    feed.pages = {"/services": {"contents": [a_service("1", "Tea")], "last_page": False}}
    assert names(f"{feed.address}/services", details=False) == ["Tea"]


@pytest.mark.parametrize(
    "said", [b"<html>", b"\xff\xfe", b"[" * 100_000, b'{"a": 1, "name": 3, "contents": 7', b"7"]
)
def test_what_is_not_a_feed_is_refused_in_words(feed, said):
    feed.pages = {"/services": said}
    with pytest.raises(Invalid):
        names(f"{feed.address}/services")


def test_a_spreadsheet_and_a_package_are_read_from_an_address_as_a_feed_is(feed, monkeypatch):
    sheet = b"id,name,organisation\n1,Tea,Friends\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("services.csv", "id,name\n1,Cake\n" + "\n" * 5000)
    feed.pages = {
        "/all.csv": sheet,
        "/all.zip": packed.getvalue(),
        "/torn.zip": packed.getvalue()[:60],
        "/download": sheet,
    }
    assert names(f"{feed.address}/all.csv") == ["Tea"]
    assert names(f"{feed.address}/all.zip") == ["Cake"]
    assert names(f"{feed.address}/download", format=Format.CSV) == ["Tea"]
    with pytest.raises(Invalid, match="not a zip file"):
        names(f"{feed.address}/torn.zip")
    for name in ("all.csv", "all.zip"):
        with pytest.raises(Invalid, match="inside this network"):
            list(Source(f"{feed.address}/{name}").rows())
    monkeypatch.setattr(tabular, "LARGEST_FETCHED", 1000)
    with pytest.raises(Invalid, match=r"services\.csv is too large"):
        names(f"{feed.address}/all.zip")
    monkeypatch.setattr(transport, "LARGEST_PAGE", 20)
    with pytest.raises(Invalid, match="too large"):
        names(f"{feed.address}/all.csv")


def test_a_publisher_may_say_what_its_address_does_not(feed):
    feed.kind = "text/csv; charset=utf-8"
    feed.pages = {"/download": b"id,name,organisation\n1,Tea,Friends\n"}
    assert names(f"{feed.address}/download") == ["Tea"]


def test_a_page_that_does_not_end_is_refused(feed, monkeypatch):
    monkeypatch.setattr(transport, "LARGEST_PAGE", 1000)
    feed.pages = {"/services": [a_service(str(n), "Tea") for n in range(50)]}
    with pytest.raises(Invalid, match="too large"):
        names(f"{feed.address}/services")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_this_machine_and_its_network_are_not_read_unless_allowed(feed, scheme):
    feed.pages = {"/services": []}
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"):
        with pytest.raises(Invalid, match="inside this network"):
            list(Source(f"{scheme}://{host}:{feed.server_port}/services").rows())
    assert feed.asked == []


def test_a_name_that_comes_to_mean_this_machine_is_not_read(feed, monkeypatch):
    feed.pages = {"/services": []}
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *more: real("127.0.0.1", *more))
    with pytest.raises(Invalid, match="inside this network"):
        list(Source(f"http://feed.example.org:{feed.server_port}/services").rows())
    assert feed.asked == []


def test_a_publisher_whose_certificate_nobody_vouches_for_is_not_read(feed, tmp_path):
    feed.socket = certified(tmp_path)[1].wrap_socket(feed.socket, server_side=True)
    feed.pages = {"/services": []}
    with pytest.raises(Invalid, match="does not show a certificate that we trust"):
        names(f"https://localhost:{feed.server_port}/services")
    assert feed.asked == []


@pytest.mark.parametrize("where", ["file:///etc/passwd", "ftp://a.org/x", "gopher://a.org"])
def test_only_http_is_spoken(where):
    with pytest.raises(Invalid, match="https"):
        list(Source(where).rows())


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("1.1.1.1", True),
        ("2606:4700::1111", True),
        *((one, False) for one in ("10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254")),
        *((one, False) for one in ("127.0.0.1", "::1", "fe80::1%eth0", "fc00::1", "224.0.0.1")),
        *((one, False) for one in ("::ffff:10.0.0.1", "100.64.0.1", "0.0.0.0", "64:ff9b::a00:1")),
    ],
)
def test_only_addresses_that_everybody_can_reach_are_outside(address, outside):
    assert is_outside(address) is outside
    assert is_outside(address, loopback=True) is (outside or address in {"127.0.0.1", "::1"})


def test_a_redirect_to_another_scheme_is_not_followed(feed):
    feed.pages = {"/services": "to file:///etc/passwd"}
    with pytest.raises(Invalid):
        names(f"{feed.address}/services")
