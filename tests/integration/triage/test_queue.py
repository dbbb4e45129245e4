"""What waits for the team."""

import re
import uuid
from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import transaction
from app.identity.actor import Role
from referrals.record.models.referral import Urgency
from referrals.record.models.status import Reason
from referrals.triage.actions import answer, pause
from tests.counting import statements
from tests.pages import assert_valid


def names(text):
    return re.findall(r"<strong>([A-Z][a-z]+ [A-Z][a-z]+)</strong>", text)


def overdue(owner, referral_id, days):
    """As if its first contact had been due `days` ago."""
    owner.execute("set role trellis_policy")
    due = clock.today() - timedelta(days=days)
    owner.execute(
        "update referral set first_contact_due = %s, next_due_on = %s where id = %s",
        [due, due, referral_id],
    )
    owner.execute("reset role")


def test_the_oldest_due_comes_first_with_its_clock(world, owner, signed_in):
    world.referred(given_name="Ada", family_name="New")
    late = world.referred(given_name="Bo", family_name="Late", urgency=Urgency.URGENT)
    overdue(owner, late, 2)
    page = signed_in(world.lead).get("/triage/")
    assert page.status_code == 200
    assert_valid(page.text)
    assert names(page.text) == ["Bo Late", "Ada New"]
    assert "2 days overdue" in page.text
    assert "Due in 7 days" in page.text
    assert "Urgent" in page.text
    assert "Feeling lonely or cut off" in page.text


def test_the_parts_of_the_queue_are_counted_and_shown_apart(world, signed_in):
    world.referred(given_name="Ada", family_name="Sent")
    kept = world.referred(given_name="Bo", family_name="Unallocated")
    with transaction(world.lead):
        answer.accept(world.lead, world.get(world.lead, kept))
    paused = world.referred(given_name="Cy", family_name="Paused")
    with transaction(world.lead):
        until = clock.today() + timedelta(days=20)
        pause.hold(world.lead, world.get(world.lead, paused), until, Reason.FULL, "")
    lead = signed_in(world.lead)
    assert set(names(lead.get("/triage/").text)) == {"Ada Sent", "Bo Unallocated"}
    assert names(lead.get("/triage/?show=answer").text) == ["Ada Sent"]
    assert names(lead.get("/triage/?show=allocate").text) == ["Bo Unallocated"]
    assert names(lead.get("/triage/?show=hold").text) == ["Cy Paused"]
    assert names(lead.get("/triage/?show=nonsense").text) == names(lead.get("/triage/").text)


def test_fifty_are_on_a_page_none_is_missed_and_each_is_in_their_own_log(world, owner, signed_in):
    for number in range(53):
        world.referred(given_name="Pat", family_name="A" + chr(97 + number % 26) * 3)
    lead = signed_in(world.lead)
    shown = lead.get("/triage/")
    assert logged(owner, shown) == on_page(world, shown)
    first = shown.text
    following = re.search(r'href="([^"]*after=[^"]*)"', first)[1].replace("&amp;", "&")
    second = lead.get(following).text
    seen = re.findall(r'href="/triage/([0-9a-f-]{36})"', first + second)
    assert len(seen) == len(set(seen)) == 53
    assert "after=" not in second
    assert "Back to the start" in second


def on_page(world, shown):
    """Whose referrals a page names, once each: fifty people."""
    ids = {uuid.UUID(one) for one in re.findall(r'href="/triage/([0-9a-f-]{36})"', shown.text)}
    with transaction(world.lead):
        people = [world.get(world.lead, one).person_id for one in ids]
    assert len(set(people)) == 50
    return sorted(people)


def logged(owner, shown):
    """Whose log has a line of this request, as often as it has one."""
    owner.execute("set role trellis_policy")
    rows = owner.execute(
        "select person_id from audit_event where action = 'triage.viewed' and request_id = %s",
        [shown.headers["X-Request-Id"]],
    ).fetchall()
    owner.execute("reset role")
    return sorted(row[0] for row in rows if row[0])


def test_the_number_of_statements_does_not_grow_with_the_rows(world, signed_in):
    client = signed_in(world.lead)
    counted = []
    for more in (5, 30):
        for _ in range(more):
            world.referred()
        with statements() as seen:
            assert client.get("/triage/").status_code == 200
        counted.append(len(seen))
    assert counted[0] == counted[1] <= 14, seen


NO_SUCH_DAY = "0.2026-02-31.00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("after", ["x", "1.2", NO_SUCH_DAY, "%00", "a.b.c"])
def test_a_made_up_place_in_the_list_is_refused_kindly(world, signed_in, after):
    assert signed_in(world.lead).get(f"/triage/?after={after}").status_code == 422


def test_a_damaged_record_says_so_and_the_others_stand(world, owner, signed_in):
    world.referred(given_name="Ada", family_name="Whole")
    broken = world.referred(given_name="Bo", family_name="Broken")
    spoil(owner, broken)
    page = signed_in(world.lead).get("/triage/")
    assert names(page.text) == ["Ada Whole"]
    assert "This record cannot be opened (reference " in page.text
    opened = signed_in(world.lead).get(f"/triage/{broken}")
    assert opened.status_code == 200
    assert "This record cannot be opened" in opened.text
    assert "Lost her husband" in opened.text


def spoil(owner, referral_id):
    owner.execute("set role trellis_policy")
    owner.execute(
        "update person set identity_sealed = set_byte(identity_sealed, 60,"
        " get_byte(identity_sealed, 60) # 1)"
        " where id = (select person_id from referral where id = %s)",
        [referral_id],
    )
    owner.execute("reset role")


def test_every_person_on_the_list_is_in_the_audit_trail(world, owner, signed_in, now):
    one, other = now(world.referred()), now(world.referred())
    signed_in(world.lead).get("/triage/")
    owner.execute("set role trellis_policy")
    rows = owner.execute(
        "select person_id from audit_event where action = 'triage.viewed' and user_id = %s",
        [world.lead.user_id],
    ).fetchall()
    owner.execute("reset role")
    assert {row[0] for row in rows} == {one.person_id, other.person_id}


@pytest.mark.parametrize("who", ["gp", "coordinator", "commissioner", "administrator"])
def test_others_have_no_queue(world, signed_in, who):
    referral_id = world.referred()
    client = signed_in(getattr(world, who))
    assert client.get("/triage/").status_code == 403
    assert client.get(f"/triage/{referral_id}").status_code in (403, 404)


def test_another_team_sees_nothing_and_foreign_is_as_absent(world, signed_in):
    referral_id = world.referred(given_name="Ada", family_name="Foreign")
    client = signed_in(world.other_lead)
    assert "Ada" not in client.get("/triage/").text
    foreign, absent = client.get(f"/triage/{referral_id}"), client.get(f"/triage/{uuid.uuid4()}")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.data == absent.data


def test_a_link_worker_reads_the_queue_but_answers_nothing(world, signed_in):
    referral_id = world.referred(given_name="Ada", family_name="Seen")
    client = signed_in(world.worker)
    assert "Ada Seen" in client.get("/triage/").text
    page = client.get(f"/triage/{referral_id}")
    assert page.status_code == 200
    assert "Take on" not in page.text
    for path in ("decline", "hold", "allocation"):
        assert client.get(f"/triage/{referral_id}/{path}").status_code == 403
    assert client.get("/triage/reallocation").status_code == 403


def test_the_page_to_judge_by_shows_what_matters(world, signed_in):
    referral_id = world.referred(
        needs=("money.debt", "company.lonely"),
        risk_to=("visitors",),
        risk_words="A large dog",
        own_words="I miss talking",
    )
    page = signed_in(world.lead).get(f"/triage/{referral_id}")
    assert_valid(page.text)
    for words in ("A large dog", "I miss talking", "Agreed", "Lost her husband", "leave a message"):
        assert words in page.text


def test_roles_count_at_the_next_request(world, owner, signed_in):
    lead = world.somebody(Role.TEAM_LEAD, of=world.team)
    referral_id = world.referred()
    client = signed_in(lead)
    assert client.get(f"/triage/{referral_id}/decline").status_code == 200
    sql = "update membership set roles = %s where user_id = %s"
    owner.execute(sql, [["link worker"], lead.user_id])
    assert client.get(f"/triage/{referral_id}/decline").status_code == 403
    owner.execute(sql, [["administrator"], lead.user_id])
    assert client.get(f"/triage/{referral_id}").status_code == 404
