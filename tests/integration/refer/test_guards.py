"""Who may not: every other role, every other agency, on every page, reading and writing."""

import uuid

import pytest

from app.core.db import transaction
from app.core.errors import Denied, NotFound
from app.identity.actor import Role
from referrals.record.models.status import Reason
from referrals.record.queries import referral as referrals
from referrals.refer.actions import draft as drafts
from referrals.refer.actions import send
from tests.integration.refer.walk import PERSON, draft, fill_in, hidden, id_of, ready
from tests.world import World, answers

PAGES = ("who", "contact", "why", "check", "known", "throw-away", "sent", "paper")
OTHERS = [role for role in Role if role is not Role.REFERRER]


@pytest.fixture
def world(database):
    return World(database)


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_of_the_practice_begins_or_sees_a_referral(world, signed_in, role):
    folder = draft(signed_in(world.gp))
    client = signed_in(world.somebody(role, of=world.practice))
    token = hidden(signed_in(world.gp).get("/refer/new").text)
    for path in ("/refer/", "/refer/new", "/refer/find"):
        assert client.get(path).status_code == 403, path
    assert client.post("/refer/new", data={**token, **PERSON}).status_code == 403
    assert client.post("/refer/find", data=token).status_code == 403
    for name in PAGES:
        assert client.get(folder + name).status_code == 404, name


def test_another_agency_s_draft_is_as_absent_as_none(world, signed_in):
    folder = ready(world, signed_in(world.gp))
    client = signed_in(world.other_gp)
    for name in PAGES:
        foreign = client.get(folder + name)
        absent = client.get(f"/refer/{uuid.uuid4()}/{name}")
        assert (foreign.status_code, absent.status_code) == (404, 404), name


def test_another_agency_cannot_write_to_a_draft(world, signed_in):
    folder = ready(world, signed_in(world.gp))
    client = signed_in(world.other_gp)
    token = hidden(client.get("/refer/new").text)
    for name in ("who", "contact", "why", "check", "known", "throw-away"):
        written = client.post(folder + name, data={**token, **PERSON})
        assert written.status_code == 404, name


def test_somebody_another_agency_knows_cannot_be_referred_from_here(world, signed_in):
    referral_id = world.referred(by=world.other_gp)
    with transaction(world.other_gp):
        person_id = referrals.get(world.other_gp, referral_id).person_id
    client = signed_in(world.gp)
    token = hidden(client.get("/refer/new").text)
    assert client.post(f"/refer/people/{person_id}", data=token).status_code == 404


def test_a_signed_out_browser_sees_nothing(world, application):
    client = application.test_client()
    for path in ("/refer/", "/refer/new", f"/refer/{uuid.uuid4()}/who"):
        assert client.get(path).status_code in (302, 303), path


def test_without_the_form_s_own_token_nothing_is_kept(world, signed_in):
    client = signed_in(world.gp)
    assert client.post("/refer/new", data=PERSON).status_code in (400, 422)
    assert "Ines" not in client.get("/refer/").text


@pytest.mark.parametrize("role", OTHERS)
def test_the_actions_refuse_every_other_role_themselves(world, role):
    other = world.somebody(role, of=world.practice)
    with pytest.raises(Denied), transaction(other):
        drafts.begin(other, {})


def test_the_team_cannot_change_or_send_a_draft(world):
    with transaction(world.gp):
        draft_id = drafts.begin(world.gp, {}).id
    with pytest.raises(NotFound), transaction(world.lead):
        referrals.get(world.lead, draft_id)
    with transaction(world.gp):
        held = referrals.get(world.gp, draft_id)
    for act in (
        lambda: drafts.keep(world.lead, held, "who", {}),
        lambda: drafts.throw_away(world.lead, held, Reason.OTHER),
        lambda: send.send(world.lead, held, answers(world, world.team), world.database.settings),
    ):
        with pytest.raises(Denied), transaction(world.lead):
            act()


def test_a_sent_referral_is_no_draft_any_more(world, signed_in):
    client = signed_in(world.gp)
    folder = ready(world, client)
    fill_in(client, folder + "check", {})
    for name in ("who", "contact", "why", "check", "known", "throw-away"):
        assert client.get(folder + name).status_code == 409, name
    assert client.get(folder + "sent").status_code == 200
    assert id_of(folder)


@pytest.mark.parametrize("text", ["nothing", "0" * 40, "../etc", "%00"])
def test_a_malformed_id_is_not_found(world, signed_in, text):
    assert signed_in(world.gp).get(f"/refer/{text}/who").status_code in (400, 404)
