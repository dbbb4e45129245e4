"""What is malformed gets a clear 4xx: never a 500, never a trace, never somebody else's page.

Every page of a refusal has a reference to quote, but for 404 (it would tell apart what must look
the same) and for answers that are not pages.
"""

import re
import uuid
from datetime import date

import pytest

from app.ui import look
from tests.attacks.malformed import FORM, encoded, files_named, judged, quoted
from tests.attacks.matrix.addresses import addresses
from tests.attacks.matrix.cast import sending
from tests.attacks.matrix.route import Door
from tests.attacks.matrix.table import TABLE
from tests.attacks.matrix.who import CURATOR, HOLDER, in_order

ODD = [
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202eabc",
    "💥" * 300,
    "%00",
    "../../etc/passwd",
    "' or 1=1 --",
    "{{ 7*7 }}",
    "<script>alert(1)</script>",
    "\r\nSet-Cookie: trellis=x",
    "9" * 5000,
    "-1",
    "NaN",
    "1e309",
    "٣",
    str(uuid.uuid4()),
    "0001-01-01",
    "true",
]
CURSORS = [
    *ODD,
    f"99999999999999999999.2026-01-01.{uuid.uuid4()}",
    f"-1.9999-12-31.{uuid.uuid4()}",
    f"1.0001-01-01.{uuid.UUID(int=0)}",
    f"2026-01-01_{uuid.uuid4()}",
    f"9999-12-31_{uuid.UUID(int=2**128 - 1)}",
    f"{date.max}T00:00:00+00:00_{uuid.uuid4()}",
    "W10",
    "WzEsMiwzLDRd",
    "x" * 3000,
]
ELSEWHERE = [
    *("//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example"),
    *("javascript:alert(1)", "/\t/evil.example", "///evil.example", "http:evil.example"),
    *("/%09/evil", "/\r\nX: y"),
]
LISTS = [
    ("/triage/", "after show"),
    ("/triage/reallocation", "holder"),
    ("/caseload/", "after show whose"),
    ("/inbox/", "after box"),
    ("/sent/", "after show"),
    ("/directory", "after words need area age"),
    ("/directory/organisations", "after"),
    ("/counts/", "months"),
    ("/sign-in", "next"),
    ("/account/agency", "next"),
]


@pytest.fixture(scope="module")
def people(cast):
    """One browser for every kind of page."""
    found = [HOLDER, *in_order(CURATOR)]
    found += in_order(TABLE["triage.accept"].may | TABLE["inbox.show"].may | TABLE["refer.who"].may)
    found += in_order(TABLE["identity.member"].may | TABLE["report.counts"].may)[:3]
    return {who: cast.client(who) for who in found}


@pytest.mark.parametrize(("address", "names"), LISTS)
def test_a_list_asked_for_with_nonsense(people, address, names):
    # What is public asks nobody who they are.
    few = list(people.items())[: 2 if address.startswith(("/directory", "/sign-in")) else None]
    for name in names.split():
        for odd in CURSORS:
            for who, client in few:
                answer = client.get(f"{address}?{name}={quoted(odd)}")
                judged(answer, address, name, odd, who)


@pytest.mark.parametrize("endpoint", [name for name in TABLE if name.split(".")[0] != "static"])
def test_ids_that_are_none_in_every_place_of_every_address(endpoint, tries, cast):
    rule = tries.rule(endpoint)
    template = next(addresses(tries.application, rule, {}))
    ids = re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}|/0/|/default", template)
    client = cast.client(HOLDER)
    for one in ids:
        for odd in ("x", "%00", "..%2f..%2fetc%2fpasswd", "%ed%a0%80", "0" * 36, "1" * 3000):
            address = template.replace(one, f"/{odd}/" if one == "/0/" else odd)
            answer = judged(
                client.open(address, method=tries.methods(endpoint)[0], buffered=True), address
            )
            assert answer.status_code in (303, 308, 400, 404, 405), address


def what_changes():
    """Every route that takes a form, with somebody who may send it."""
    for endpoint, route in TABLE.items():
        who = HOLDER if HOLDER in route.may else in_order(route.may)[0]
        yield pytest.param(endpoint, who, id=endpoint)


@pytest.mark.parametrize(("endpoint", "who"), list(what_changes()))
def test_a_form_of_nonsense_sent_to_every_address(endpoint, who, tries, records, cast):
    if "POST" not in tries.methods(endpoint):
        return
    route, client, token = TABLE[endpoint], cast.client(who), cast.token(who)
    if route.uses_up or endpoint == "identity.sign_out":
        return
    (address, *_) = addresses(tries.application, tries.rule(endpoint), records.live(route.record))
    good = sending(route.prefix, token, {})
    key = f"{route.prefix}idempotency_key"
    bodies = [
        {"data": {}},
        {"data": {**good, "csrf_token": "forged", f"{route.prefix}csrf_token": "forged"}},
        {"data": {**good, "csrf_token": "\x00", f"{route.prefix}csrf_token": "é" * 300}},
        *({"data": {**good, key: odd}} for odd in ("", "x", "\x00", "9" * 400, "\ud800")),
        {"data": b"\xff\xfe\x00=\xed\xa0\x80&%zz=%", "content_type": FORM},
        {"data": b"a=" + b"x" * 1_200_000, "content_type": FORM},
        {"data": "&".join(f"f{n}=1" for n in range(3000)), "content_type": FORM},
        {"data": b'{"version": 1', "content_type": "application/json"},
        {"json": [[[]]]},
        {"data": b"--x\r\nbroken", "content_type": "multipart/form-data; boundary=x"},
        {"data": b"--x", "content_type": "multipart/form-data"},
        {"data": files_named(good), "content_type": "multipart/form-data; boundary=x"},
        {"data": b"<x/>", "content_type": "application/xml"},
        {"data": b"x", "content_type": "\xff/;;charset=utf-99"},
    ]
    for body in bodies:
        judged(client.post(address, **encoded(body)), address, str(body)[:200])


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "localhost\x00"},
        {"Host": "localhost@evil.example"},
        {"Host": ""},
        {"Cookie": "trellis=" + "x" * 6000},
        {"Cookie": "trellis=\xff\xfe; trellis=; ;;=;"},
        {"Cookie": "trellis=' or 1=1 --"},
        {"Accept": "application/json;q=zz, */*;q=-1,,,"},
        {"Accept-Language": "x" * 3000},
        {"Content-Length": "-1"},
        {"Content-Length": "nine"},
        {"Range": "bytes=-9999999999999999999"},
        {"If-Modified-Since": "\xff"},
        {"X-Request-Id": "injected\tvalue"},
        {"X-Forwarded-Host": "evil.example"},
        {"Forwarded": "host=evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/"},
    ],
)
def test_headers_of_nonsense(application, headers):
    client = application.test_client()
    for method in ("GET", "POST"):
        for address in ("/", "/sign-in", "/directory", "/health/live", "/account/waiting"):
            answer = judged(client.open(address, method=method, headers=headers), headers, address)
            assert "evil.example" not in answer.headers.get("Location", "")
            assert "evil.example" not in answer.get_data(as_text=True)
            assert "injected" not in answer.headers["X-Request-Id"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_way_back_after_signing_in_is_never_to_somebody_else(application, cast, address):
    for client in (application.test_client(), cast.client(HOLDER)):
        answer = judged(client.get("/sign-in", query_string={"next": address}), address)
        target = answer.headers.get("Location", "/")
        assert target.startswith("/"), target
        assert not target.startswith(("//", "/\\")), target
        assert "next=//" not in target


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "X", "get", "HEAD", "OPTIONS"])
def test_methods_of_nonsense(application, cast, method):
    for client in (application.test_client(), cast.client(HOLDER)):
        for address in ("/", "/caseload/", "/sign-out", f"/caseload/{uuid.uuid4()}", "/metrics"):
            answer = client.open(address, method=method, headers={"X-Sent": "Zyxwenna"})
            judged(answer, method, address)
            assert "Zyxwenna" not in answer.text, "what was sent is not repeated, as TRACE would"


def test_a_way_out_of_the_static_files(application):
    ways = ("../../../etc/passwd", "..%2f..%2fsettings.py", "%00", "....//x", "\\..\\x")
    theirs = [f"/static/{way}" for way in ("", "nhsuk/", "../.git/HEAD", ".git/HEAD", *ways)]
    ours = [f"/{look.static_prefix()}{way}" for way in ("", "/", "/nhsuk/", "/../look.py", "/.git")]
    for way in ("/.git/HEAD", "/.git/", "/.env", "/README.md", "/app/factory.py", *theirs, *ours):
        answer = judged(application.test_client().get(way), way)
        assert answer.status_code in (400, 404), way
        assert b"root:" not in answer.data
        assert b"refs/heads" not in answer.data


def test_every_door_is_tried():
    assert any(one.door is Door.PUBLIC for one in TABLE.values())
