"""Sending: one referral, one holder, one job, one audit line; or nothing at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import transaction
from app.core.errors import Denied, Invalid
from referrals.record.models.person import Requirements
from referrals.record.models.referral import Step, Urgency
from referrals.record.models.status import Reason, Status
from referrals.record.queries import referral as referrals
from referrals.refer.actions import draft as drafts
from referrals.refer.actions import send
from tests.integration.refer.walk import fill_in, hidden, id_of, ready
from tests.world import World, answers

SENDINGS = 20


@pytest.fixture
def world(database):
    return World(database)


def count(owner, sql, *values):
    """Read as the role that row-level security lets see everything."""
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        return owner.execute(sql, values).fetchone()[0]


def send_to(world, referral_id, team_id):
    """Send in a transaction of its own."""
    with transaction(world.gp):
        draft = referrals.get(world.gp, referral_id)
        send.send(world.gp, draft, answers(world, team_id), world.database.settings)


def test_the_team_reads_what_the_referrer_wrote(world):
    needs = Requirements(interpreter_language="Portuguese")
    referral_id = world.referred(
        nhs_number="9990000018",
        needs=("money.debt", "company.lonely"),
        own_words="I miss talking",
        urgency=Urgency.SOON,
        risk_to=("self", "visitors"),
        risk_words="Falls. A dog.",
        requirements=needs,
    )
    with transaction(world.lead):
        sent = referrals.get(world.lead, referral_id)
        assert sent.person.identity.full_name == "Ines Almeida"
        assert sent.person.contact.channels[0].safe_to_leave_message
        assert sent.person.requirements == needs
        assert (sent.narrative.own_words, sent.urgency) == ("I miss talking", "soon")
        assert sent.draft is None
        assert [one.safeguarding.words for one in referrals.risks(sent)] == ["Falls. A dog."] * 2
        assert len(referrals.needs(sent)) == 2
        assert [one.kind for one in referrals.history(sent)] == ["sent"]


def test_the_clock_starts_when_it_is_sent(world):
    referral_id = world.referred()
    with transaction(world.lead):
        sent = referrals.get(world.lead, referral_id)
        due = clock.today() + timedelta(days=world.database.settings.first_contact_days)
        assert (sent.status, sent.first_contact_due) == (Status.REQUESTED, due)
        assert (sent.next_step, sent.next_due_on) == (Step.TRIAGE, due)
        assert sent.risks_known is False


def test_without_an_agreement_nothing_is_sent_and_the_words_say_so(world):
    with transaction(world.gp):
        draft_id = drafts.begin(world.gp, {}).id
    with pytest.raises(Invalid, match="no sharing agreement in force"):
        send_to(world, draft_id, world.other_team)
    with transaction(world.gp):
        kept = referrals.get(world.gp, draft_id)
        assert (kept.status, kept.person.identity.full_name) == (Status.DRAFT, "")


def test_a_referral_is_not_sent_twice(world):
    referral_id = world.referred()
    with pytest.raises(Denied):
        send_to(world, referral_id, world.team)


def test_twenty_sendings_of_one_page_make_one_referral(world, signed_in, owner):
    client = signed_in(world.gp)
    folder = ready(world, client)
    page = hidden(client.get(folder + "check").text)
    cookies = client.get_cookie(client.application.session_interface.cookie_name).value

    def press(_):
        again = client.application.test_client()
        again.set_cookie(client.application.session_interface.cookie_name, cookies)
        return again.post(folder + "check", data=page)

    with ThreadPoolExecutor(SENDINGS) as people:
        given = list(people.map(press, range(SENDINGS)))
    assert {(one.status_code, one.location) for one in given} <= {(303, folder + "sent")} | {
        (503, None)
    }
    assert client.post(folder + "check", data=page).location == folder + "sent"
    referral_id = id_of(folder)
    holders = "select count(*) from relationship where referral_id = %s and role = 'holder'"
    audited = "select count(*) from audit_event where subject_id = %s and action = %s"
    jobs = "select count(*) from procrastinate_jobs where args ->> 'reference' = %s"
    assert count(owner, holders, referral_id) == 1
    assert count(owner, audited, referral_id, "referral.sent") == 1
    assert owner.execute(jobs, [str(world.team)]).fetchone()[0] == 1


def test_another_page_of_the_same_draft_cannot_send_it_again(world, signed_in):
    client = signed_in(world.gp)
    folder = ready(world, client)
    first, second = (hidden(client.get(folder + "check").text) for _ in range(2))
    assert client.post(folder + "check", data=first).status_code == 303
    assert client.post(folder + "check", data=second).status_code == 409


def test_what_a_colleague_changed_meanwhile_is_not_sent_unseen(world, signed_in):
    client, colleague = signed_in(world.gp), signed_in(world.nurse)
    folder = ready(world, client)
    page = hidden(client.get(folder + "check").text)
    fill_in(colleague, folder + "contact", {"phone": "01632 960002", "practice": "own"})
    refused = client.post(folder + "check", data=page)
    assert refused.status_code == 409
    assert "changed since your page was shown" in refused.text


def test_an_agreement_that_ends_meanwhile_stops_it(world, signed_in, owner):
    client = signed_in(world.gp)
    folder = ready(world, client)
    page = hidden(client.get(folder + "check").text)
    owner.execute(
        "update sharing_agreement set ended_at = now() where from_agency_id = %s", [world.practice]
    )
    refused = client.post(folder + "check", data=page)
    assert refused.status_code == 422
    assert "no sharing agreement in force" in refused.text
    shown = client.get(folder + "check")
    assert "Nothing can be sent yet" in shown.text
    assert "Send the referral" not in shown.text
    with transaction(world.gp):
        assert referrals.get(world.gp, id_of(folder)).status == Status.DRAFT


def test_a_new_referral_is_linked_to_the_one_that_ended_before(world):
    first = world.referred()
    with transaction(world.lead):
        referrals.get(world.lead, first).move(Status.REJECTED, Reason.FULL)
    with transaction(world.gp):
        person = referrals.get(world.gp, first).person
        assert drafts.begin(world.gp, {}, person).previous_id == first


def test_after_sending_the_page_says_what_happens_next(world, signed_in):
    client = signed_in(world.gp)
    folder = ready(world, client)
    sent = fill_in(client, folder + "check", {})
    shown = client.get(sent.location).text
    with transaction(world.gp):
        reference = referrals.get(world.gp, id_of(folder)).reference
    assert reference in shown
    assert "will contact Ines by" in shown
    assert "Lost her husband in spring" in client.get(folder + "paper").text
