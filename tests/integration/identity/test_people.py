"""An administrator lets people in, changes what they may do, and sees them out."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy.exc import ProgrammingError

from app.core.db import NOBODY, transaction
from app.core.errors import Invalid
from app.identity.actions import arrival
from app.identity.actions import membership as memberships
from app.identity.actions.arrival import Visitor
from app.identity.actor import Role
from app.identity.models.agency import Agency, AgencyKind
from app.identity.queries import user as users
from tests.pages import assert_valid
from tests.providers.browser import hidden


@pytest.fixture
def administrator(member):
    return member(Role.ADMINISTRATOR, name="Sam Reed")


def newcomer(agency_id, name="Ada Byron"):
    """Somebody who signed in for the first time and asked for this agency."""
    with transaction(NOBODY):
        issuer = "https://sign-in.example.org"
        user = arrival.arrive(issuer, uuid.uuid4().hex, name, "ada@example.org")
    visitor = Visitor(user.id)
    with transaction(visitor) as session:
        mine = session.merge(user)
        arrival.ask_to_join(visitor, mine, session.get_one(Agency, agency_id))
    return user


def send(client, address, **answers):
    """Fill in the form at an address; the answer to it."""
    page = client.get(address)
    assert page.status_code == 200, page.text
    assert_valid(page.text)
    return client.post(address, data=hidden(page.text) | answers)


def roles_of(owner, user_id):
    sql = "select roles from membership where user_id = %s and ended_at is null"
    row = owner.execute(sql, [user_id]).fetchone()
    return row and row[0]


def test_somebody_who_waits_is_let_in_with_roles(administrator, signed_in, owner):
    client, user = signed_in(administrator), newcomer(administrator.agency_id)
    page = client.get("/people")
    assert_valid(page.text)
    assert "Ada Byron" in page.text
    answer = send(client, f"/people/waiting/{user.id}", roles=["link worker", "team lead"])
    assert answer.status_code == 303
    assert roles_of(owner, user.id) == ["link worker", "team lead"]
    status = owner.execute("select status from app_user where id = %s", [user.id]).fetchone()
    assert status == ("active",)


def test_letting_in_twice_makes_one_member(administrator, signed_in, owner):
    client, user = signed_in(administrator), newcomer(administrator.agency_id)
    address = f"/people/waiting/{user.id}"
    form = hidden(client.get(address).text) | {"roles": "referrer"}
    answers = [client.post(address, data=form) for _ in range(2)]
    assert [one.location for one in answers] == ["/people", "/people"]
    sql = "select count(*) from membership where user_id = %s"
    assert owner.execute(sql, [user.id]).fetchone() == (1,)


def test_somebody_who_waits_is_turned_away(administrator, signed_in, owner):
    client, user = signed_in(administrator), newcomer(administrator.agency_id)
    form = hidden(client.get(f"/people/waiting/{user.id}").text)
    assert client.post(f"/people/waiting/{user.id}/refusal", data=form).status_code == 303
    assert client.get(f"/people/waiting/{user.id}").status_code == 404
    assert roles_of(owner, user.id) is None


def test_no_role_is_no_answer(administrator, signed_in, owner):
    client, user = signed_in(administrator), newcomer(administrator.agency_id)
    answer = send(client, f"/people/waiting/{user.id}")
    assert answer.status_code == 422
    assert "Select at least one role" in answer.text
    assert roles_of(owner, user.id) is None


@pytest.mark.parametrize("role", [Role.CURATOR, Role.COMMISSIONER, Role.LINK_WORKER])
def test_an_administrator_gives_no_role_beyond_their_kind_of_agency(member, signed_in, owner, role):
    boss = member(Role.ADMINISTRATOR, kind=AgencyKind.PRACTICE)
    client, user = signed_in(boss), newcomer(boss.agency_id)
    assert send(client, f"/people/waiting/{user.id}", roles=[str(role)]).status_code == 422
    mine = f"/people/{membership_of(owner, boss)}"
    assert send(client, mine, roles=["administrator", str(role)]).status_code == 422
    with transaction(boss), pytest.raises(Invalid):
        memberships.let_in(boss, users.get(user.id), [role])


@pytest.mark.parametrize("role", ["curator", "commissioner"])
def test_the_database_refuses_such_a_role_as_well(member, role):
    boss = member(Role.ADMINISTRATOR, kind=AgencyKind.VOLUNTARY)
    sql = "update membership set roles = array[%s] where agency_id = %s"
    with pytest.raises(ProgrammingError, match="no such role"), transaction(boss) as session:
        session.connection().exec_driver_sql(sql, (role, boss.agency_id))


def test_a_changed_role_counts_from_the_next_request(administrator, member, signed_in, owner):
    worker = member(Role.LINK_WORKER, of=administrator)
    theirs, client = signed_in(worker), signed_in(administrator)
    assert theirs.get("/people").status_code == 403
    address = f"/people/{membership_of(owner, worker)}"
    assert send(client, address, roles=["administrator"]).status_code == 303
    assert theirs.get("/people").status_code == 200


def test_a_removed_member_is_out_at_the_next_request(administrator, member, signed_in, owner):
    worker = member(Role.LINK_WORKER, of=administrator)
    theirs, client = signed_in(worker), signed_in(administrator)
    assert theirs.get("/account").status_code == 200
    address = f"/people/{membership_of(owner, worker)}/removal"
    assert send(client, address).status_code == 303
    assert theirs.get("/account").location == "/account/waiting"
    assert client.get(f"/people/{membership_of(owner, worker)}").status_code == 404


def test_an_agency_keeps_an_administrator(administrator, signed_in, owner):
    client, mine = signed_in(administrator), membership_of(owner, administrator)
    assert send(client, f"/people/{mine}", roles=["referrer"]).status_code == 409
    assert send(client, f"/people/{mine}/removal").status_code == 409
    assert roles_of(owner, administrator.user_id) == ["administrator"]


def test_an_administrator_ends_a_members_session(administrator, member, signed_in, owner):
    worker = member(Role.LINK_WORKER, of=administrator)
    theirs, client = signed_in(worker), signed_in(administrator)
    address = f"/people/{membership_of(owner, worker)}"
    sql = "select id from web_session where user_id = %s"
    session_id = owner.execute(sql, [worker.user_id]).fetchone()[0]
    form = hidden(client.get(address).text)
    ended = client.post(f"{address}/sessions/{session_id}/end", data=form)
    assert ended.status_code == 303
    assert theirs.get("/account").status_code == 303
    again = client.post(f"{address}/sessions/{uuid.uuid4()}/end", data=form)
    assert again.status_code == 404


def membership_of(owner, actor):
    sql = "select id from membership where user_id = %s and agency_id = %s"
    return owner.execute(sql, [actor.user_id, actor.agency_id]).fetchone()[0]


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_sees_the_people(administrator, member, signed_in, owner, role):
    client = signed_in(member(role, of=administrator))
    user = newcomer(administrator.agency_id)
    mine = membership_of(owner, administrator)
    for address in ("/people", f"/people/waiting/{user.id}", f"/people/{mine}"):
        assert client.get(address).status_code == 403


def test_what_is_anothers_and_what_is_absent_look_the_same(member, signed_in, owner):
    here, there = member(Role.ADMINISTRATOR), member(Role.ADMINISTRATOR)
    user, client = newcomer(there.agency_id), signed_in(here)
    for foreign in (f"/people/waiting/{user.id}", f"/people/{membership_of(owner, there)}"):
        absent = foreign.rpartition("/")[0] + f"/{uuid.uuid4()}"
        answers = [client.get(foreign), client.get(absent)]
        assert [one.status_code for one in answers] == [404, 404]


def test_only_who_comes_from_a_listed_provider_is_let_in(administrator, signed_in, owner):
    user = newcomer(administrator.agency_id)
    sql = "update agency set issuers = '{https://other.example.org}' where id = %s"
    other = "https://other.example.org"
    owner.execute("update app_user set issuer = %s where id = %s", [other, administrator.user_id])
    owner.execute(sql, [administrator.agency_id])
    client = signed_in(administrator)
    assert "Ada Byron" not in client.get("/people").text
    assert client.get(f"/people/waiting/{user.id}").status_code == 404


def test_changes_are_audited_in_the_administrators_name(administrator, signed_in):
    client, user = signed_in(administrator), newcomer(administrator.agency_id)
    send(client, f"/people/waiting/{user.id}", roles=["referrer"])
    overseer = replace(administrator, roles=frozenset({Role.PRIVACY_OFFICER}))
    with transaction(overseer) as session:
        rows = session.connection().exec_driver_sql(
            "select action, reason, user_id from audit_event where agency_id = %s",
            (administrator.agency_id,),
        )
        assert ("membership.began", "referrer", administrator.user_id) in [tuple(r) for r in rows]
