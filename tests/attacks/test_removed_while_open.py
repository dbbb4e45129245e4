"""A role, an account, a membership, an agreement or a relationship is taken away while a page is
open: the very next request is refused, whether it reads or writes, and nothing is written.
"""

import pytest

from app.core.db import transaction
from app.identity.actor import Role
from referrals.onward.queries import preview
from tests.attacks.matrix.records import Records
from tests.browse import hidden, page_of
from tests.integration.refer.walk import ready
from tests.stage import Stage

LOST = {
    "role": "update membership set roles = '{coordinator}' where user_id = %(user)s",
    "membership": "update membership set ended_at = now() where user_id = %(user)s",
    "account": "update app_user set status = 'suspended' where id = %(user)s",
    "agency": "update agency set active = false where id = %(agency)s",
    "relationship": "update relationship set ended_at = now() where referral_id = %(referral)s",
}


@pytest.fixture
def stage(database):
    """A stage of its own: its agency may be closed."""
    return Stage(database)


def counted(superuser, table, referral_id):
    query = f"select count(*) from {table} where referral_id = %s"
    return superuser.execute(query, [referral_id]).fetchone()[0]


@pytest.mark.parametrize("what", LOST)
def test_the_next_request_of_a_community_referrer_is_refused(what, stage, signed_in, superuser):
    actor, referral_id = stage.worker, stage.taken_on()
    client, where = signed_in(actor), f"/caseload/{referral_id}"
    form = page_of(client, f"{where}/safeguarding/new")
    lost = {"user": actor.user_id, "agency": actor.agency_id, "referral": referral_id}
    superuser.execute(LOST[what], lost)
    said = {"concern": "Something that must not be kept any more", "noticed_on-day": "1"}
    said |= {"noticed_on-month": "1", "noticed_on-year": "2026"}
    for answer in (
        client.post(f"{where}/safeguarding/new", data={**hidden(form), **said}),
        client.get(where),
        client.get(f"{where}/print"),
    ):
        assert answer.status_code in (303, 403, 404), answer.status_code
        assert answer.headers.get("Location", "/account/waiting") == "/account/waiting"
        assert "Almeida" not in answer.text
    assert counted(superuser, "safeguarding_note", referral_id) == 0


def test_an_agreement_that_ends_while_a_referrer_checks_their_answers_stops_the_sending(
    stage, signed_in, superuser
):
    client = signed_in(stage.gp)
    born = {"date_of_birth-day": "1", "date_of_birth-month": "2", "date_of_birth-year": "1950"}
    who = {"given_name": "Una", "family_name": "Marsh", **born}
    address = ready(stage, client, who, {"postcode": "QS1 1AB"})
    check = page_of(client, f"{address}check")
    end = "update sharing_agreement set ended_at = now() where from_agency_id = %s"
    superuser.execute(end, [stage.practice])
    answer = client.post(f"{address}check", data=hidden(check))
    assert answer.status_code in (403, 409, 422)
    referral_id = address.strip("/").split("/")[-1]
    status = superuser.execute("select status from referral where id = %s", [referral_id])
    assert status.fetchone() == ("draft",)
    assert counted(superuser, "relationship", referral_id) == 1


def test_an_agreement_that_ends_while_a_preview_is_open_stops_the_sending_on(
    stage, signed_in, superuser
):
    referral_id = stage.taken_on()
    client, to = signed_in(stage.worker), f"/onward/{referral_id}/to/{stage.service_id}"
    with transaction(stage.worker):
        need = preview.open_needs(stage.get(stage.worker, referral_id))[0]
    details = page_of(client, to)
    shown = client.post(to, data={**hidden(details), "need_id": str(need.id)})
    assert shown.status_code == 200
    end = "update sharing_agreement set ended_at = now() where from_agency_id = %s"
    superuser.execute(end, [stage.team])
    answer = client.post(f"{to}/send", data={**hidden(shown.text), "agreed": "y"})
    assert answer.status_code in (200, 403, 409, 422)
    assert counted(superuser, "onward_referral", referral_id) == 0
    assert counted(superuser, "disclosure", referral_id) == 0


def test_a_charity_whose_onward_referral_is_taken_back_reads_it_no_more(
    stage, signed_in, superuser
):
    onward_id = stage.sent_on()
    client, where = signed_in(stage.coordinator), f"/inbox/{onward_id}"
    answering = page_of(client, f"{where}/accept")
    end = "update relationship set ended_at = now() where onward_referral_id = %s"
    superuser.execute(end, [onward_id])
    assert client.post(f"{where}/accept", data=hidden(answering)).status_code == 404
    assert client.get(where).status_code == 404
    status = superuser.execute("select status from onward_referral where id = %s", [onward_id])
    assert status.fetchone() == ("requested",)


@pytest.mark.parametrize("what", ["role", "membership", "account", "agency"])
def test_broken_glass_ends_with_the_role_that_broke_it(what, stage, signed_in, superuser):
    actor = stage.somebody(Role.LINK_WORKER, of=stage.other_team)
    referral_id = stage.taken_on()
    Records(stage, lambda _who: actor).break_glass(actor, referral_id)
    client = signed_in(actor)
    assert "minutes left" in page_of(client, f"/caseload/{referral_id}")
    superuser.execute(LOST[what], {"user": actor.user_id, "agency": actor.agency_id})
    assert client.get(f"/caseload/{referral_id}").status_code in (303, 403, 404)
