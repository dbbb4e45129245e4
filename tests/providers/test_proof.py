"""An act that needs a young sign-in asks for one, and leads back with nothing typed lost."""

import re
from html import unescape
from urllib.parse import urljoin

import pytest

from app.identity import assurance
from app.identity.actions import founding
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from config.acts import DEFAULTS, Act, Need
from tests.enrolment import enrol
from tests.pages import assert_valid
from tests.providers.browser import Browser, hidden

WAY = re.compile(r'href="(/account/proof/[^"]+)"')
CHANGED = "select roles from membership where id = %s"


@pytest.fixture(autouse=True)
def young():
    """For these tests a change of members needs a sign-in of the last minute."""
    assurance.configure({Act.CHANGE_MEMBERS: Need(max_age=60)})
    yield
    assurance.configure(DEFAULTS)


@pytest.fixture
def agency(owner, running):
    """Two agencies with Priya as their administrator; the second has another member."""
    ids = []
    for name in ("Elm proof", "Oak proof"):
        ids.append(founding.found_agency(owner, name, AgencyKind.LINK_WORKER_TEAM))
        roles = (Role.ADMINISTRATOR,)
        enrol(owner, ids[-1], running.issuer, "priya", name="Priya", roles=roles)
    other = enrol(owner, ids[1], running.issuer, "gray", name="Ann Gray", roles=(Role.REFERRER,))
    row = owner.execute("select id from membership where user_id = %s", [other]).fetchone()
    yield ids[1], row[0]
    for table in ("web_session", "membership"):
        owner.execute(
            f"delete from {table} where user_id in (select id from app_user where issuer = %s)",
            [running.issuer],
        )


@pytest.fixture
def here(owner, running, agency):
    """Priya, acting for the second agency, and a way to let time pass."""
    with Browser() as browser:
        browser.fill_in(browser.sign_in(running, "priya"), agency=str(agency[0]))
        yield browser


def age(owner, running):
    """Make every sign-in old, at the provider too; only the proof says what counts."""
    owner.execute(
        "update web_session set proved_at = proved_at - interval '2 minutes',"
        " assurance_proof = null where issuer = %s",
        [running.issuer],
    )


def answers_of(page):
    found = hidden(page.text)
    found["roles"] = re.findall(r'name="roles" value="([^"]+)"', page.text)
    return found


def test_nothing_typed_is_lost_on_the_way_to_a_new_sign_in(here, owner, running, agency):
    address = f"{running.url}/people/{agency[1]}"
    page = here.get(address)
    age(owner, running)
    asked = here.fill_in(page, roles=["referrer", "link worker"])
    assert asked.status_code == 401
    assert_valid(asked.text)
    assert "To change who is in an agency you must have proved" in asked.text
    assert owner.execute(CHANGED, [agency[1]]).fetchone()[0] == ["referrer"]
    back = here.get(urljoin(running.url, unescape(WAY.search(asked.text)[1])))
    assert back.url == f"{running.url}/welcome-back"
    again = here.post(address, data=answers_of(asked))
    assert "all still here" in again.text
    assert "Acting for <strong>Oak proof</strong>" in again.text
    done = here.fill_in(again, roles=["referrer", "link worker"])
    assert done.url == f"{running.url}/people"
    assert owner.execute(CHANGED, [agency[1]]).fetchone()[0] == ["link worker", "referrer"]


def test_the_provider_is_asked_for_a_sign_in_of_that_age(here, owner, running):
    way = f"{running.url}/account/proof/change-who-is-in-an-agency"
    away = here.get(way, allow_redirects=False).headers["Location"]
    assert "max_age=60" in away
    assert here.get(f"{running.url}/account/proof/make-tea").status_code == 404


def test_somebody_else_cannot_prove_it(here, owner, running):
    away = here.get(
        f"{running.url}/account/proof/break-glass?next=/account", allow_redirects=False
    ).headers["Location"]
    refused = here.post(f"{away}&prompt=login", data={"subject": "gray"})
    assert refused.status_code == 400
    assert "somebody else" in refused.text
    assert "You are still signed in as before" in refused.text
    assert "Priya Shah" in here.get(f"{running.url}/account").text


def test_a_younger_sign_in_cannot_be_written_into_the_database(here, owner, running, agency):
    owner.execute(
        "update web_session set proved_at = now(), acr = 'AAL3' where issuer = %s",
        [running.issuer],
    )
    page = here.get(f"{running.url}/people/{agency[1]}")
    assert here.fill_in(page, roles=["link worker"]).status_code == 401
