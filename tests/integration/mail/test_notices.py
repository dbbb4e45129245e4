"""Every notice, as it arrives: whom it reaches, and that it names nobody."""

import pytest

from app.core.db import transaction
from referrals.record import notices
from referrals.record.notices import Notice
from tests.integration.jobs.waiting import do, forget_all, jobs
from tests.integration.mail.server import post_office
from tests.own_server import trellis, until
from tests.providers.provider import free_port

ADDRESS = "https://trellis.example.org"
SENDER = "notices@trellis.example.org"


@pytest.fixture(scope="module")
def arrived(apart, world, tmp_path_factory):
    """One message of each kind to the team, sent by the worker over a real SMTP server."""
    forget_all(apart)
    names = (world.lead.name, world.gp.name, "Zyxwenna", "Quorlbeck", "01632960739")
    world.referred(given_name="Zyxwenna", family_name="Quorlbeck", phone="01632 960739")
    with transaction(world.gp):
        for notice in Notice:
            notices.tell_agency(world.team, notice)
        notices.tell_agency(world.other_team, Notice.REFERRAL_WAITING)
    do(apart, "update app_user set email = 'priya@example.org' where id = %s", world.worker.user_id)
    with transaction(world.gp):
        notices.tell_user(world.worker.user_id, Notice.REFERRAL_ALLOCATED)
    settings = {"TRELLIS_PUBLIC_URL": ADDRESS, "TRELLIS_MAIL_FROM": SENDER}
    log = tmp_path_factory.mktemp("mail") / "worker.log"
    with (
        post_office(free_port()) as post,
        trellis(apart, "worker", log=log, TRELLIS_SMTP_URL=post.url, **settings),
    ):
        until(lambda: not jobs(apart))
    return post, names


def test_each_notice_arrives_at_the_address_of_the_agency(arrived):
    post, _ = arrived
    assert len(post.messages) == len(Notice) + 2
    to = [one["To"] for one in post.messages]
    assert set(to) == {"elm@example.org", "priya@example.org"}
    assert to.count("priya@example.org") == 1


def test_an_agency_without_an_address_is_sent_nothing_and_nothing_fails(arrived, apart):
    post, _ = arrived
    assert jobs(apart) == []
    assert all(one["To"] for one in post.messages)


def test_a_notice_says_only_that_something_waits_and_where_to_sign_in(arrived):
    post, _ = arrived
    subject = "A referral is waiting – Trellis"
    first = next(one for one in post.messages if one["Subject"] == subject)
    assert first.get_content().splitlines() == [
        "A referral is waiting. Sign in to see it:",
        "",
        ADDRESS,
        "",
        "This message names nobody, on purpose. Please do not reply to it.",
    ]


def test_no_message_names_anybody_or_leads_to_a_record(arrived):
    post, names = arrived
    for envelope, message in zip(post.envelopes, post.messages, strict=True):
        whole = envelope.content.decode() + message.get_content() + str(message["Subject"])
        assert not [one for one in names if one in whole]
        assert "/refer/" not in whole
        assert message.get_content().count("http") == 1


def test_a_message_is_plain_from_us_and_can_be_told_apart(arrived):
    post, _ = arrived
    assert {str(one["From"]) for one in post.messages} == {SENDER}
    assert {one.get_content_type() for one in post.messages} == {"text/plain"}
    assert len({one["Message-ID"] for one in post.messages}) == len(post.messages)
    assert all(one["Message-ID"].endswith("@trellis.example.org>") for one in post.messages)
    assert all(one["Date"] for one in post.messages)
