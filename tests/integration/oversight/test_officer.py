"""The privacy officer's room: emergencies are judged once and by another; who has seen what."""

import re
import uuid
from dataclasses import replace

import pytest
from sqlalchemy import text

from app.core import clock
from app.core.db import session, transaction
from app.identity.actor import Role
from referrals.emergency.actions import glass
from referrals.emergency.models.glass import Why
from referrals.emergency.queries import glass as glasses
from referrals.oversight.queries import emergencies
from referrals.safeguarding.actions import note as notes
from referrals.safeguarding.actions.note import NoteDraft
from tests.browse import hidden, page_of, sent
from tests.counting import statements
from tests.stage import Stage

SAID = "She rang and said that she cannot go on."
FOUND = "I spoke with her and with the team that holds the record."
JUDGED = {"judgement": "justified", "words": FOUND}


@pytest.fixture(scope="module")
def stage(database):
    return Stage(database)


@pytest.fixture(scope="module")
def outsider(stage):
    return stage.somebody(Role.LINK_WORKER, of=stage.other_team, name="Aled Rees")


@pytest.fixture(scope="module")
def officer(stage, outsider):
    """The privacy officer of the team whose member breaks glass."""
    assert outsider
    return stage.somebody(Role.PRIVACY_OFFICER, of=stage.other_team, name="Martin Pike")


def broken(stage, actor, referral_id=None):
    referral_id = referral_id or stage.taken_on()
    with transaction(stage.worker):
        reference = stage.get(stage.worker, referral_id).reference
    settings = replace(stage.settings, emergency_daily_limit=50)
    with transaction(actor):
        glass.open_record(actor, glass.Emergency(Why.LIFE_AT_RISK, SAID, reference), settings)
        return glasses.open_now(actor)[0]


def test_an_emergency_waits_with_its_age_what_was_looked_at_and_is_judged_once(
    stage, outsider, officer, signed_in, superuser
):
    one = broken(stage, outsider)
    page_of(signed_in(outsider), f"/caseload/{one.referral_id}")
    superuser.execute(
        "update glass_break set created_at = created_at - interval '12 days' where id = %s",
        [one.id],
    )
    client, where = signed_in(officer), f"/oversight/emergencies/{one.id}"
    queue = page_of(client, "/oversight/")
    assert one.reference in queue
    assert "overdue" in queue

    page = page_of(client, where)
    for shown in (
        SAID,
        "Aled Rees",
        "life is at risk",
        "Opened the record",
        one.referral_reference,
    ):
        assert shown in page
    assert "Almeida" not in page, "an officer judges without the person's name"
    assert "There is a problem" in sent(client, where, page, judgement="justified")
    assert one.reference not in sent(client, where, page, **JUDGED).partition("Who has seen")[0]
    assert one.reference in page_of(client, "/oversight/emergencies?show=judged")

    after = page_of(client, where)
    assert FOUND in after
    assert "Your judgement" not in after
    again = {**JUDGED, "idempotency_key": str(uuid.uuid4())}
    assert client.post(where, data={**hidden(page), **again}).status_code == 409
    stored = superuser.execute(
        "select r::text from glass_review r where glass_break_id = %s", [one.id]
    )
    assert "spoke with her" not in stored.fetchone()[0]


def test_nobody_judges_their_own_and_no_other_agency_sees_it(stage, signed_in, officer):
    both = stage.somebody(Role.LINK_WORKER, Role.PRIVACY_OFFICER, of=stage.other_team)
    one = broken(stage, both)
    where, client = f"/oversight/emergencies/{one.id}", signed_in(both)
    page = page_of(client, where)
    assert "cannot judge what you did yourself" in page
    token = hidden(page_of(client, "/sign-out"))
    assert client.post(where, data={**token, **JUDGED}).status_code == 403
    with transaction(both), pytest.raises(Exception, match="row-level security"):
        session.execute(
            text(
                "insert into glass_review (id, glass_break_id, person_id, agency_id, user_id,"
                " judgement) values (gen_random_uuid(), :one, :person, :agency, :me, 'justified')"
            ),
            {
                "one": one.id,
                "person": one.person_id,
                "agency": both.agency_id,
                "me": both.user_id,
            },
        )
    elsewhere = stage.somebody(Role.PRIVACY_OFFICER, of=stage.practice)
    assert signed_in(elsewhere).get(where).status_code == 404
    assert one.reference in page_of(signed_in(officer), "/oversight/")


def test_a_try_that_opened_nothing_is_in_the_queue_and_names_nobody(
    stage, outsider, officer, signed_in
):
    settings = replace(stage.settings, emergency_daily_limit=50)
    with transaction(outsider):
        asked = glass.Emergency(Why.OTHER, SAID, "2222-2229")
        assert glass.open_record(outsider, asked, settings).outcome == "nobody"
    with transaction(officer):
        rows = emergencies.page(officer, judged=False).rows
    one = next(row for row, _review in rows if row.person_id is None)
    client, where = signed_in(officer), f"/oversight/emergencies/{one.id}"
    page = page_of(client, where)
    assert "Nothing was opened" in page
    assert SAID not in page
    sent(client, where, page, judgement="not justified")
    assert "Not justified" in page_of(client, where)


def test_an_officer_sees_who_has_seen_a_record_of_their_agency_and_no_name(stage, signed_in):
    of_team = stage.somebody(Role.PRIVACY_OFFICER, of=stage.team)
    referral_id, stranger = stage.taken_on(), stage.somebody(Role.LINK_WORKER, of=stage.other_team)
    one = broken(stage, stranger, referral_id)
    with transaction(stage.worker):
        said = ("Bruises", "", clock.today(), None)
        said = NoteDraft(*said, hidden_from_person=True, readers=[stage.lead.user_id])
        notes.add(stage.worker, stage.get(stage.worker, referral_id), said)
    client = signed_in(of_team)
    found = client.post(
        "/oversight/record",
        data={
            **hidden(page_of(client, "/oversight/")),
            "reference": one.referral_reference.lower(),
        },
    )
    assert found.status_code == 303
    page = page_of(client, found.location)
    for shown in (stranger.name, "Opened the record in an emergency", "Safeguarding note added"):
        assert shown in page
    assert "Almeida" not in page
    unknown = sent(
        client, "/oversight/record", page_of(client, "/oversight/"), reference="22222222"
    )
    assert "There is no record with this reference" in unknown
    elsewhere = signed_in(stage.somebody(Role.PRIVACY_OFFICER))
    assert elsewhere.get(found.location).status_code == 404
    # The officer of an agency that only opened it sees that agency's people.
    theirs = signed_in(stage.somebody(Role.PRIVACY_OFFICER, of=stage.other_team))
    page = page_of(theirs, found.location)
    assert stranger.name in page
    assert stage.worker.name not in page


def test_a_log_is_read_a_page_at_a_time_with_as_many_questions(stage, signed_in, superuser):
    of_team, referral_id = stage.somebody(Role.PRIVACY_OFFICER, of=stage.team), stage.taken_on()
    client, where = signed_in(of_team), f"/oversight/records/{referral_id}"
    page_of(client, where)
    with statements() as few:
        page_of(client, where)
    with transaction(stage.worker):
        person_id = stage.get(stage.worker, referral_id).person_id
    superuser.execute(
        "insert into audit_event (at, user_id, agency_id, roles, action, subject_kind, person_id)"
        " select now() - i * interval '1 day', %s, %s, '{}', 'referral.viewed', 'referral', %s"
        " from generate_series(1, 120) i",
        [stage.worker.user_id, stage.team, person_id],
    )
    with statements() as many:
        first = page_of(client, where)
    assert len(many) == len(few)
    second = re.search(r'href="([^"]+before=\d+)"', first)[1]
    assert page_of(client, second.replace("&amp;", "&")).count("Opened the record") > 40


def test_the_persons_own_log_says_it_in_plain_words_and_withholds_safeguarding(stage, signed_in):
    referral_id, outsider = stage.taken_on(), stage.somebody(Role.LINK_WORKER, of=stage.other_team)
    broken(stage, outsider, referral_id)
    both = stage.somebody(Role.LINK_WORKER, Role.PRIVACY_OFFICER, of=stage.team)
    with transaction(stage.worker):
        said = NoteDraft(
            "Bruises", "", clock.today(), None, hidden_from_person=True, readers=[both.user_id]
        )
        notes.add(stage.worker, stage.get(stage.worker, referral_id), said)
    for actor in (stage.worker, both):
        page_of(signed_in(actor), f"/caseload/{referral_id}")
        log = page_of(signed_in(actor), f"/caseload/{referral_id}/seen")
        for shown in ("Almeida", outsider.name, "Opened the record in an emergency"):
            assert shown in log
        assert "afeguard" not in log
    assert f"{referral_id}/seen" in page_of(signed_in(stage.worker), f"/caseload/{referral_id}")
    for stranger, status in ((outsider, 403), (stage.gp, 403), (stage.coordinator, 404)):
        assert signed_in(stranger).get(f"/caseload/{referral_id}/seen").status_code == status
