"""How sure we are of a listing follows what was seen of it, for better and for worse."""

import subprocess
import uuid

import pytest

from app.core import clock
from app.core.db import NOBODY, session, transaction
from config.settings import Settings
from directory import catalogue
from directory.actions import listing
from directory.actions.topics.contact import Contact
from directory.catalogue import LifeSign
from directory.freshness import notices
from directory.freshness.actions import bounce
from directory.models.freshness import Confidence
from directory.queries import service as services
from tests.browse import page_of, sent
from tests.integration.mail.server import post_office
from tests.own_server import TRELLIS, environment
from tests.pages import assert_valid
from tests.providers.provider import free_port

DELIVERY_REPORT = b"""From: mailer-daemon@mail.example\r
To: bounces@trellis.example\r
Subject: Undelivered\r
Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r
\r
--x\r
Content-Type: text/plain\r
\r
Sorry.\r
--x\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mail.example\r
\r
Final-Recipient: rfc822; %s\r
Action: %s\r
Status: %s\r
\r
--x\r
Content-Type: text/rfc822-headers\r
\r
From: notices@trellis.example\r
To: %s\r
Message-ID: %s\r
\r
--x--\r
"""


def reported(to, message_id, action="failed", status="5.1.1"):
    """The delivery report of a message to this address."""
    said = (to, action, status, to, message_id)
    return DELIVERY_REPORT % tuple(one.encode() for one in said)


@pytest.fixture
def posted(database, monkeypatch):
    """`posted(address)`: the settings, and the id of a message that was sent there."""
    with post_office(free_port()) as post:
        for name, value in (environment(database) | {"TRELLIS_SMTP_URL": post.url}).items():
            monkeypatch.setenv(name, value)
        settings = Settings.load()

        def sent_to(address):
            notices.send_links(settings, address, [], stage=0, days=7)
            return settings, post.messages[-1]["Message-ID"]

        yield sent_to


def freshness_of(service_id):
    with transaction(NOBODY):
        return catalogue.get(service_id).freshness


def seen(actor, service_id, sign):
    with transaction(actor):
        return catalogue.note_life_sign(actor, service_id, sign)


def test_each_sign_of_life_is_said_in_words_and_a_doubt_lowers_it_at_once(charity, curator):
    mine = charity.lists("Mine")
    coordinator = charity.coordinator

    assert seen(coordinator, mine.id, LifeSign.ACCEPTED)
    assert freshness_of(mine.id).words() == "Confirmed today – accepted a referral"
    assert seen(coordinator, mine.id, LifeSign.CLOSED)
    assert freshness_of(mine.id).confidence() is Confidence.DOUBTED
    assert freshness_of(mine.id).words().startswith("Check before you go")
    with transaction(curator):
        listing.confirm(curator, services.kept(curator, mine.id), LifeSign.PHONED)
    assert freshness_of(mine.id).words() == "Confirmed today – we spoke by telephone"


def test_nobody_but_a_keeper_can_say_that_a_service_lives(charity, another):
    mine = charity.lists("Mine")
    before = freshness_of(mine.id)
    assert not seen(another.coordinator, mine.id, LifeSign.ACCEPTED)
    assert not seen(another.coordinator, mine.id, LifeSign.CLOSED)
    assert freshness_of(mine.id) == before


def test_confirming_leaves_a_page_opened_meanwhile_fresh(charity):
    actor, mine = charity.coordinator, charity.lists("Mine")
    with transaction(actor):
        it = services.kept(actor, mine.id)
        version = it.version
        listing.confirm(actor, it)
        assert it.freshness.words() == "Confirmed today"
    with transaction(actor):
        assert services.kept(actor, mine.id).version == version


def test_a_feed_that_says_when_it_was_checked_is_evidence(charity, owner):
    mine = charity.lists("Mine")
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        owner.execute("update service set assured_at = now() where id = %s", [mine.id])
    assert freshness_of(mine.id).words() == "Confirmed today – its own data was updated"


def test_anybody_reports_a_mistake_once_without_saying_who_they_are(stranger, charity):
    mine = charity.lists("Mine")
    url = f"/directory/{mine.id}/wrong"
    form = page_of(stranger, url)
    assert not stranger.get_cookie("trellis")

    nothing = sent(stranger, url, form)
    assert "Select what is wrong" in nothing
    for _ in range(2):
        assert "Thank you" in sent(stranger, url, form, wrong="times", words="It is Mondays now")
    assert "a reader says something is wrong" in page_of(stranger, f"/directory/{mine.id}")
    with transaction(charity.coordinator):
        kept = "select kind, words from listing_report where service_id = :id"
        rows = session.connection().exec_driver_sql(kept.replace(":id", "%(id)s"), {"id": mine.id})
        assert rows.all() == [("times", "It is Mondays now")]


def test_a_listing_takes_only_so_many_reports(stranger, charity):
    mine = charity.lists("Mine")
    with transaction(NOBODY):
        for _ in range(20):
            session.connection().exec_driver_sql(
                "select trellis.report_listing(%s, %s, 'other', '')", (uuid.uuid4(), mine.id)
            )
    url = f"/directory/{mine.id}/wrong"
    assert "Many people have told us" in sent(stranger, url, page_of(stranger, url), wrong="other")
    answers = {stranger.post(url, data={}).status_code for _ in range(30)}
    assert answers == {422, 429}, "one address sends only so many in an hour"


@pytest.mark.parametrize(
    ("action", "status", "gone"),
    [
        ("failed", "5.1.1", True),
        ("failed", "5.2.1 (disabled)", True),
        ("failed", "5.1.10", True),
        ("failed", "5.2.2", False),
        ("failed", "5.7.1", False),
        ("failed", "4.2.2", False),
        ("delayed", "5.1.1", False),
    ],
)
def test_a_delivery_report_is_read_for_what_is_gone_for_good(posted, action, status, gone):
    settings, message_id = posted("Hello@Charity.example")
    report = reported("Hello@Charity.example", message_id, action, status)
    assert bounce.addresses_of(settings, report) == (["hello@charity.example"] if gone else [])
    whole = report.replace(b"text/rfc822-headers", b"message/rfc822")
    assert bounce.addresses_of(settings, whole) == bounce.addresses_of(settings, report)
    assert bounce.addresses_of(settings, b"Subject: holiday\r\n\r\nI am away") == []


def test_a_report_about_a_message_that_we_did_not_send_there_says_nothing(posted):
    settings, message_id = posted("hello@charity.example")
    for to, number in (
        ("other@charity.example", message_id),
        ("hello@charity.example", message_id.replace(".", ".0", 1)),
        ("hello@charity.example", f"<{uuid.uuid4()}@trellis.example>"),
        ("hello@charity.example", ""),
    ):
        assert bounce.addresses_of(settings, reported(to, number)) == []


@pytest.mark.parametrize(
    ("code", "words", "gone"),
    [
        (550, b"No such user", True),
        (550, b"5.1.1 No such user", True),
        (550, b"5.7.1 You are on a list", False),
        (552, b"5.2.2 Mailbox full", False),
        (554, b"Transaction failed", False),
    ],
)
def test_what_a_server_refuses_is_gone_only_when_it_says_so(code, words, gone):
    assert bounce.refused_for_good(code, words) is gone


def test_mail_that_comes_back_puts_every_listing_with_that_address_in_doubt(
    charity, database, posted
):
    address = f"hello@{uuid.uuid4().hex}.example"
    ours = [charity.lists(name, Contact(email=address)).id for name in ("A", "B")]
    other = charity.lists("C", Contact(email=f"other-{address}")).id
    report = reported(address.upper(), posted(address)[1])

    said = subprocess.run(
        [str(TRELLIS), "directory", "bounced"],
        input=report,
        env=environment(database),
        capture_output=True,
        check=True,
    ).stdout.decode()

    assert said == "2 listings are in doubt now\n"
    for one in ours:
        assert freshness_of(one).words() == "Check before you go – e-mail to it came back"
    assert freshness_of(other).confidence() is Confidence.SURE


def test_a_keeper_pauses_until_a_day_and_then_people_are_told_to_ask(charity, signed_in):
    mine, client = charity.lists("Mine"), signed_in(charity.coordinator)
    url = f"/directory/mine/{mine.id}/state"
    day = clock.today().replace(year=clock.today().year + 1, day=3)
    when = {f"paused_until-{part}": getattr(day, part) for part in ("day", "month", "year")}

    past = sent(
        client,
        url,
        page_of(client, url),
        state="paused",
        **when | {"paused_until-year": day.year - 3},
    )
    assert "The day it starts again must be in the future" in past
    text = sent(client, url, page_of(client, url), state="paused", **when)
    assert_valid(text)
    assert f"Paused until 3 {day:%b} {day.year}" in text
    with transaction(NOBODY):
        capacity = catalogue.get(mine.id).capacity
    assert not capacity.takes_people
