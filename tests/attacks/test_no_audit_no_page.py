"""No line in the audit trail, no page and no change: the database really refuses the line."""

import contextlib
import re

import psycopg
import pytest

from app.core.db import transaction
from referrals.triage.actions import answer
from referrals.triage.forms import LATER
from tests.typing_in import fill_in, hidden
from tests.world import World

NAME = "Quillandra"
FAILING = """
    create function public.no_audit() returns trigger language plpgsql
    as $$ begin raise exception 'no audit for {0}', new.person_id using errcode = '{1}'; end $$;
    create trigger no_audit before insert on audit_event
        for each row execute function public.no_audit()"""
WHOLE = "drop trigger no_audit on audit_event; drop function public.no_audit()"
# What goes wrong, by PostgreSQL's code.
CAUSES = {"53100": "the disk is full", "42501": "no right to insert", "XX000": "anything else"}


@pytest.fixture(scope="module")
def world(database):
    return World(database)


@pytest.fixture
def audit_fails(database):
    @contextlib.contextmanager
    def failing(code):
        with psycopg.connect(database.url("postgres"), autocommit=True) as superuser:
            superuser.execute(FAILING.format("%", code))
            try:
                yield
            finally:
                superuser.execute(WHOLE)

    return failing


def taken_on(world, **said):
    referral_id = world.referred(given_name=NAME, **said)
    with transaction(world.lead):
        referral = world.get(world.lead, referral_id)
        answer.accept(world.lead, referral, world.worker.user_id)
    return referral_id


def said_so(refused):
    """It is our side's fault, for a moment, and has a reference that the log knows."""
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.headers["X-Request-Id"] in refused.text


@pytest.mark.parametrize("code", CAUSES)
def test_a_page_whose_line_cannot_be_written_is_not_shown(world, signed_in, audit_fails, code):
    referral_id = taken_on(world)
    client = signed_in(world.worker)
    for page in ("/caseload/", f"/caseload/{referral_id}", f"/caseload/{referral_id}/person"):
        assert NAME in client.get(page).text
        with audit_fails(code):
            refused = client.get(page)
        said_so(refused)
        assert NAME not in refused.text
        assert "no audit for" not in refused.text
        assert NAME in client.get(page).text


@pytest.mark.parametrize("code", CAUSES)
def test_a_change_whose_line_cannot_be_written_is_not_made(world, signed_in, audit_fails, code):
    referral_id = world.referred(given_name=NAME)
    client = signed_in(world.lead)
    page, action = f"/triage/{referral_id}", f"/triage/{referral_id}/acceptance"
    form = hidden(client.get(page).text, action)
    with audit_fails(code):
        refused = client.post(action, data={**form, "who": LATER})
    said_so(refused)
    with transaction(world.lead):
        assert world.get(world.lead, referral_id).status == "requested"
    assert fill_in(client, page, {"who": LATER}, action=action).status_code == 303


def test_a_list_of_fifty_people_is_in_each_of_their_fifty_logs(world, signed_in, owner):
    mine = World(world.database)
    referral_ids = [taken_on(mine) for _ in range(50)]
    with transaction(mine.lead):
        people = {mine.get(mine.lead, one).person_id for one in referral_ids}
    assert len(people) == 50
    shown = signed_in(mine.worker).get("/caseload/")
    assert len(set(re.findall(r'href="/caseload/([0-9a-f-]{36})"', shown.text))) == 50
    owner.execute("set role trellis_policy")
    lines = owner.execute(
        "select person_id, count(*) from audit_event where action = 'caseload.viewed'"
        " and user_id = %s and request_id = %s group by person_id",
        [mine.worker.user_id, shown.headers["X-Request-Id"]],
    ).fetchall()
    owner.execute("reset role")
    assert dict(lines) == dict.fromkeys(people, 1)
