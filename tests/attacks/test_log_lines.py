"""Whatever somebody sends, a log line stays one line of JSON, and a header one header."""

import contextlib
import json
import logging
import re
import uuid
from urllib.parse import urlencode

import pytest
import structlog

from app.core import mail
from config import logging as our_logging
from tests.attacks.canary import NUMBERS
from tests.integration.mail.server import post_office
from tests.providers.provider import free_port

FORGED = '{"event": "request", "status": 200, "forged": true}'
HOSTILE = [
    f"x\n{FORGED}",
    f"x\r\n{FORGED}",
    f"x\r{FORGED}",
    f"x\x0b\x0c\x1c\x1d\x1e{FORGED}",
    f"x\x85{FORGED}",
    f"x\u2028{FORGED}\u2029{FORGED}",
    "\x1b[2J\x1b[1;31mFAILED\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b31m",
    "\x00nul",
    "\x08\x08\x08\x7f",
    "\u202e reversed",
    "\ud800 half a pair",
    '"}, {"forged": true',
    "%s %(name)s {} {0.__class__}",
]
SAFE = re.compile(r"[\x20-\x7e]*")
INTO_HEADERS = [
    "a%0d%0aX-Injected: yes",
    "a%0aX-Injected:%20yes",
    "%E5%98%8A%E5%98%8DX-Injected: yes",
]


class OursError(Exception):
    """An error whose words may be logged."""


OursError.__module__ = "app.tests"


@pytest.fixture
def lines(capsys):
    our_logging.configure()

    def written():
        text = capsys.readouterr().err
        found = text.split("\n")
        assert found.pop() == "", "a line is not ended"
        return found

    return written


@contextlib.contextmanager
def only_ours():
    """Keeps lines from pytest, which sends them to another process: half a pair cannot travel."""
    root = logging.getLogger()
    kept = root.handlers
    root.handlers = [one for one in kept if isinstance(one, our_logging.Output)]
    yield
    root.handlers = kept


def judge(found, count):
    assert len(found) == count
    for line in found:
        assert SAFE.fullmatch(line), repr(line)
        told = json.loads(line)
        assert "forged" not in told
        assert told["timestamp"].endswith("Z"), "in UTC"


def say_everywhere(text):
    """In every part of a line, through our logger and a library's."""
    log = structlog.get_logger(f"app.{text}")
    log.warning(
        text, **{text: text, "nested": {text: [text]}, "raw": text.encode("utf-8", "replace")}
    )
    structlog.contextvars.bind_contextvars(request_id=text)
    logging.getLogger(f"library {text}").warning("said %s", text, extra={"more": text})
    structlog.contextvars.clear_contextvars()
    try:
        raise OursError(text)
    except OursError as error:
        log.exception(text, exc_info=error)
    logging.getLogger("library").error(text, stack_info=False, exc_info=OursError(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_every_field_of_a_log_line_is_escaped(lines, text):
    with only_ours():
        say_everywhere(text)
    judge(lines(), 4)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_request_carries_forges_no_line_and_no_header(application, lines, text):
    client, printable = application.test_client(), "".join(one for one in text if one >= " ")
    latin = printable.encode("latin-1", "replace").decode("latin-1")
    lines()
    answers = [
        client.get("/nowhere", query_string=urlencode({"q": text}, errors="surrogatepass")),
        client.get(f"/{uuid.uuid4()}/{printable.encode('utf-8', 'replace').decode()}"),
        client.get("/", headers={"User-Agent": latin, "X-Request-Id": latin, "Referer": latin}),
        client.get("/", headers={"Cookie": f"trellis={latin}"}),
        client.post("/welcome-back", data={"next": text.encode("utf-8", "replace")}),
        client.open("/", method="FORGED"),
    ]
    for answer in answers:
        assert answer.status_code < 500
        assert "X-Injected" not in answer.headers
        assert re.fullmatch(r"[2-9A-Z]{5}-[2-9A-Z]{5}", answer.headers["X-Request-Id"])
    found = lines()
    judge(found, len(found))
    assert "FAILED" not in "".join(found)


@pytest.mark.parametrize("value", INTO_HEADERS)
def test_no_address_puts_a_header_into_an_answer(application, value):
    client = application.test_client()
    for page in ("/sign-in?next=/", "/welcome-back?next=/", "/services?q=", "/nowhere/", "/?"):
        answer = client.get(page + value)
        assert answer.status_code < 500, page
        assert "X-Injected" not in answer.headers
        assert "\n" not in "".join(answer.headers.values())


def test_no_message_takes_a_header_or_a_recipient_from_what_was_typed(database, settings_maker):
    with post_office(free_port()) as post:
        settings = settings_maker(database.url(), TRELLIS_SMTP_URL=post.url)
        bad = "a@example.org\nBcc: thief@example.org"
        for letter in (
            mail.Letter(bad, "subject", "text", "1"),
            mail.Letter("a@example.org", f"subject\r\n{bad}", "text", "2"),
        ):
            with pytest.raises(ValueError, match=r"(?i)newline|linefeed|header"):
                mail.send(settings, letter)
        assert post.envelopes == []


def test_the_figures_name_routes_and_nobody(application, lines):
    client, someone = application.test_client(), uuid.uuid4()
    client.get(f"/caseload/{someone}?name=Zyxwenna")
    client.get(f"/Zyxwenna/{NUMBERS['nhs']}")
    client.open("/Zyxwenna", method="ZYXWENNA")
    text = client.get("/metrics").text
    assert 'route="/caseload/<uuid:referral_id>"' in text
    for word in (str(someone), "Zyxwenna", "ZYXWENNA", NUMBERS["nhs"]):
        assert word not in text
    assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", text) is None
    labels = set(re.findall(r'[{,]([a-z_]+)="', text))
    assert labels <= {
        "method",
        "route",
        "status",
        "le",
        "witness",
        "implementation",
        "major",
        "minor",
        "patchlevel",
        "version",
        "generation",
    }, labels
