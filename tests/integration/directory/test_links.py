"""An editor without an account answers by a mailed link: once, in time, and only what is public."""

import re
import smtplib
import uuid
from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import NOBODY, session, transaction
from app.identity.actor import Role
from directory import catalogue
from directory.actions import organisation as organisations
from directory.actions.organisation import OrganisationDraft
from directory.actions.topics.contact import Contact
from directory.actions.topics.description import Description
from directory.actions.topics.opening import Opening
from directory.curation import notices as decided
from directory.curation.actions import claim, proposal
from directory.curation.models.claim import ListingClaim
from directory.curation.queries import waiting
from directory.freshness.actions import link, mailing, secret
from directory.queries import service as services
from tests.browse import page_of, sent
from tests.integration.mail.server import post_office
from tests.own_server import environment
from tests.pages import assert_valid
from tests.providers.provider import free_port

LINK = re.compile(r"https://trellis\.example\.org(/directory/answer/[\w-]{43})")


def jobs_about(owner, task, reference):
    """The arguments of the jobs of this task that name this."""
    rows = owner.execute(
        "select args from procrastinate_jobs where task_name = %s and args::text like %s"
        " order by id",
        [task, f"%{reference}%"],
    )
    return [args for (args,) in rows]


@pytest.fixture
def post(database, monkeypatch):
    """A mail server, and the settings that point at it."""
    with post_office(free_port()) as office:
        settings = {
            "TRELLIS_SMTP_URL": office.url,
            "TRELLIS_PUBLIC_URL": "https://trellis.example.org",
            "TRELLIS_BOUNCE_ADDRESS": "bounces@trellis.example.org",
        }
        for name, value in {**environment(database), **settings}.items():
            monkeypatch.setenv(name, value)
        yield office


def linked(service_id):
    with transaction(NOBODY):
        return f"/directory/answer/{secret.make(service_id=service_id)}"


def aged(owner, service_id, months):
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        owner.execute(
            "update service set assured_at = now() - make_interval(months => %s, days => 1),"
            " evidence = 'accepted' where id = %s",
            [months, service_id],
        )


def test_one_tap_confirms_once_and_opening_it_changes_nothing(charity, stranger, owner):
    mine = charity.lists("Mine", description="Tea and talk")
    aged(owner, mine.id, 7)
    url = linked(mine.id)
    for _ in range(2):
        text = page_of(stranger, url)
        assert "Tea and talk" in text
        assert "Not confirmed for 7 months" in text
        assert not stranger.get_cookie("trellis")

    assert "Thank you" in sent(stranger, f"{url}/right", text)
    assert "Confirmed today – answered our e-mail" in page_of(stranger, f"/directory/{mine.id}")
    again = stranger.post(f"{url}/right", data={})
    assert again.status_code == 410
    assert_valid(again.text)
    for page in (url, f"{url}/change"):
        assert "This link no longer works" in page_of(stranger, page, status=410)


def test_what_has_changed_waits_for_a_curator(charity, stranger):
    mine = charity.lists("Mine", Contact(phone="01632 960100"), description="Old words")
    url = f"{linked(mine.id)}/change"
    form = page_of(stranger, url)
    same = {"status": "active", "name": "Mine", "description": "Old words", "phone": "01632 960100"}

    assert "Nothing has changed yet" in sent(stranger, url, form, **same)
    wrong = sent(stranger, url, form, **same | {"url": "not an address"})
    assert "Enter a web address" in wrong
    said = same | {"description": "New words", "phone": "01632 960111", "note": "On Mondays now"}
    preview = sent(stranger, url, form, **said, preview="yes")
    part = preview.partition("Preview: this is what people would read")[2].partition("</section>")
    assert "New words" in part[0]
    assert "01632 960111" in part[0]
    assert "curator looks at it" in sent(stranger, url, form, **said)

    assert "Old words" in page_of(stranger, f"/directory/{mine.id}")
    with transaction(charity.coordinator):
        ask = session.connection().exec_driver_sql
        changes = ask(
            "select topic, after ->> 'description', after ->> 'phone' from proposed_change"
            " where service_id = %s order by topic",
            (mine.id,),
        )
        assert changes.all() == [
            ("contact", None, "01632 960111"),
            ("description", "New words", None),
        ]
        notes = ask("select words from listing_report where service_id = %s", (mine.id,))
        assert notes.scalars().all() == ["On Mondays now"]
    assert stranger.post(url, data=said).status_code == 410


def test_a_link_runs_out_and_a_guess_is_nothing(charity, stranger, owner):
    mine = charity.lists("Mine")
    url = linked(mine.id)
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        kept = owner.execute(
            "select digest, expires_at from editor_link where service_id = %s", [mine.id]
        ).fetchone()
        owner.execute("update editor_link set expires_at = now() where digest = %s", [kept[0]])
    assert url.rpartition("/")[2].encode() != kept[0]
    assert kept[1] - clock.now() < timedelta(days=7, minutes=1)
    page_of(stranger, url, status=410)
    assert stranger.post(f"{url}/right").status_code == 410
    page_of(stranger, "/directory/answer/guess", status=404)
    assert stranger.post("/directory/answer/guess/right").status_code == 404


def test_nobody_reads_the_links_and_the_database_keeps_no_secret(database, charity):
    mine = charity.lists("Mine")
    linked(mine.id)
    with transaction(charity.coordinator), pytest.raises(Exception, match="permission denied"):
        session.connection().exec_driver_sql("select * from editor_link")


def test_a_link_goes_to_the_published_address_three_times_a_day(charity, stranger, post):
    mine = charity.lists("Mine", Contact(email="hello@charity.example"))
    url = f"/directory/{mine.id}/link"
    assert "hello@charity.example" not in page_of(stranger, url)
    assert "Look into your mail" in sent(stranger, url, page_of(stranger, url))
    for _ in range(3):
        mailing.send_links([str(mine.id)], stage=0)
    with transaction(NOBODY):
        assert not mailing.ask_for_link(services.get(mine.id))

    assert [one.rcpt_tos for one in post.envelopes] == [["hello@charity.example"]] * 3
    assert {one.mail_from for one in post.envelopes} == {"bounces@trellis.example.org"}
    found = LINK.findall(post.messages[0].get_content())
    assert len(found) == 1
    assert "Mine" in page_of(stranger, found[0])


@pytest.mark.parametrize("months", [3, 6, 9])
def test_silence_is_asked_about_at_three_six_and_nine_months(charity, curator, owner, post, months):
    address = f"hello-{charity.coordinator.user_id.hex}@charity.example"
    contact = Contact(email=address)
    listed = [
        charity.lists("First", contact),
        charity.lists("Second", contact, Opening("temporarily closed")),
    ]
    for one in listed:
        aged(owner, one.id, months)

    mailing.prompt_editors(0)
    mailing.prompt_editors(0)
    waiting = jobs_about(owner, "send_editor_links", listed[0].id)
    assert len(waiting) == 1, "asked once, and about both in one mail"
    assert set(waiting[0]["service_ids"]) == {str(one.id) for one in listed}
    mailing.send_links(**waiting[0])

    text = post.messages[-1].get_content()
    assert len(LINK.findall(text)) == 2
    assert {3: "three", 6: "six", 9: "nine"}[months] + " months ago" in text
    with transaction(NOBODY):
        assert services.get(listed[0].id).prompts == months // 3
    with transaction(curator):
        assert not in_queue(listed[0].id), "asked, and not yet silent for four weeks"
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        owner.execute(
            "update service set prompted_at = now() - interval '29 days' where id = any (%s)",
            [[one.id for one in listed]],
        )
    with transaction(curator):
        assert [in_queue(one.id) for one in listed] == [months == 9] * 2


def in_queue(service_id):
    asked = "select true from curation_queue where kind = 'stale' and id = %s"
    return bool(session.connection().exec_driver_sql(asked, (service_id,)).scalar())


def test_who_claimed_or_proposed_is_told_what_was_decided(charity, curator, member, owner, post):
    claimant, address = member(Role.COORDINATOR), f"{uuid.uuid4().hex}@claimant.example"
    owner.execute("update app_user set email = %s where id = %s", [address, claimant.user_id])
    with transaction(curator):
        draft = OrganisationDraft(f"Shed {address[:6]}", email="hello@shed.example")
        shed = organisations.add(curator, draft)
    with transaction(claimant):
        asked = claim.ask(claimant, shed, "e-mail").id
    mine = charity.lists("Zebu tea", Contact(email=f"tea-{address}"), description="Old words")
    with transaction(NOBODY):
        now = Description.of(services.get(mine.id))
        link.propose(
            secret.make(service_id=mine.id), [(now, Description("Zebu tea", "New words"))], ""
        )
    with transaction(curator):
        claim.refuse(curator, waiting.get(ListingClaim, asked), "Ring us")
        it = services.kept(curator, mine.id)
        proposal.approve(curator, it, waiting.proposals(it)[0], it.version)

    told = [jobs_about(owner, "send_decision", one) for one in (shed.id, mine.id)]
    assert [len(one) for one in told] == [1, 1]
    for one in told:
        decided.send_decision(**one[0])
    to, texts = zip(*((one["To"], one.get_content()) for one in post.messages), strict=True)
    assert to == (address, f"tea-{address}")
    assert f"https://trellis.example.org/directory/organisations/{shed.id}/claim" in texts[0]
    assert f"https://trellis.example.org/directory/{mine.id}" in texts[1]
    for text in texts:
        assert not {claimant.name, shed.name, "Zebu", "Ring us"} & set(text.split())
        assert claimant.name not in text


def test_an_address_that_the_server_refuses_for_good_is_a_bounce(charity, post, monkeypatch):
    address = f"gone-{charity.coordinator.user_id.hex}@charity.example"
    mine = charity.lists("Mine", Contact(email=address))

    async def handle_RCPT(_server, _session, _envelope, _address, _options):  # noqa: N802
        return post.answer

    post.handle_RCPT = handle_RCPT
    post.answer = "450 Later"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        mailing.send_links([str(mine.id)], stage=1)
    post.answer = "550 No such user"
    mailing.send_links([str(mine.id)], stage=1)
    with transaction(NOBODY):
        assert "came back" in catalogue.get(mine.id).freshness_words
