"""Signing in and out of a running Trellis, through the demonstration provider."""

import time

import pytest

from app.identity.actions import founding
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from tests.enrolment import enrol
from tests.providers.browser import Browser
from tests.providers.provider import PRIYA


@pytest.fixture
def visitor():
    with Browser() as made:
        yield made


def let_in(owner, running, agency, subject="priya", role=Role.LINK_WORKER):
    agency_id = founding.found_agency(owner, agency, AgencyKind.LINK_WORKER_TEAM)
    enrol(owner, agency_id, running.issuer, subject, name="Priya", roles=(role,))
    return agency_id


@pytest.fixture(autouse=True)
def forgotten(owner, running):
    """Each test begins with nobody known."""
    yield
    mine = "(select id from app_user where issuer = %(issuer)s and subject = 'priya')"
    for sql in (
        f"delete from web_session where user_id in {mine}",
        f"update membership set ended_at = now() where ended_at is null and user_id in {mine}",
        f"update app_user set wanted_agency_id = null, status = 'waiting' where id in {mine}",
    ):
        owner.execute(sql, {"issuer": running.issuer})


def test_a_member_signs_in_with_one_click_and_comes_to_the_page_they_asked_for(
    owner, running, visitor
):
    let_in(owner, running, "Riverside")
    picker = visitor.get(f"{running.url}/account")
    page = visitor.post(picker.url, data={"subject": "priya"})
    assert page.url == f"{running.url}/account"
    assert PRIYA.name in page.text
    assert "Acting for <strong>Riverside</strong>" in page.text


def test_an_unknown_person_waits_and_is_not_linked_by_e_mail(owner, running, visitor):
    agency_id = founding.found_agency(owner, "Elm team", AgencyKind.LINK_WORKER_TEAM)
    other = enrol(owner, agency_id, "https://other.example.org", "x", name="Priya")
    owner.execute("update app_user set email = %s where id = %s", [PRIYA.email, other])
    page = visitor.sign_in(running, "priya")
    assert page.url == f"{running.url}/account/waiting"
    assert "not let in yet" in page.text
    asked = visitor.fill_in(page, agency=str(agency_id))
    assert "Waiting to be let in" in asked.text
    assert "Elm team" in asked.text


def test_signing_out_signs_out_at_the_provider_as_well(owner, running, visitor):
    let_in(owner, running, "Riverside")
    visitor.sign_in(running, "priya")
    stolen = visitor.cookies["trellis"]
    last = visitor.sign_out(running)
    assert last.url.startswith(f"{running.url}/signed-out")
    assert "You have signed out" in last.text
    assert "Choose who to be" in visitor.get(f"{running.url}/account").text
    visitor.cookies.clear()
    visitor.cookies.set("trellis", stolen)
    assert "Choose who to be" in visitor.get(f"{running.url}/account").text


def test_signing_out_elsewhere_ends_our_session_within_a_second(owner, running, visitor):
    let_in(owner, running, "Riverside")
    visitor.sign_in(running, "priya")
    visitor.post(f"{running.issuer}/logout")
    deadline = time.monotonic() + 1
    alive = True
    while alive and time.monotonic() < deadline:
        alive = visitor.get(f"{running.url}/account", allow_redirects=False).status_code == 200
    assert not alive


def test_somebody_of_two_agencies_chooses_and_switches(owner, running, visitor):
    first, second = (let_in(owner, running, name) for name in ("Oak team", "Ash team"))
    page = visitor.sign_in(running, "priya")
    assert "Which agency are you acting for?" in page.text
    home = visitor.fill_in(page, agency=str(second))
    assert "Acting for <strong>Ash team</strong>" in home.text
    switch = visitor.get(f"{running.url}/account/agency?next=/account")
    account = visitor.fill_in(switch, agency=str(first))
    assert account.url == f"{running.url}/account"
    assert "Acting for <strong>Oak team</strong>" in account.text


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "/\\example.org", "/%0d%0aX: y", "a b"]
)
def test_where_to_go_next_is_never_another_site(owner, running, visitor, elsewhere):
    let_in(owner, running, "Riverside")
    picker = visitor.get(f"{running.url}/sign-in", params={"next": elsewhere})
    page = visitor.post(picker.url, data={"subject": "priya"})
    assert page.url.startswith(f"{running.url}/")
