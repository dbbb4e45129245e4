"""The nightly look at the audit trail: what it finds, once, and what it never writes."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import session, transaction
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from referrals.oversight.actions import watch
from referrals.oversight.actions.watch import Watch
from referrals.oversight.models.unusual import Kind, UnusualAccess
from tests.browse import hidden, page_of, sent
from tests.stage import Stage

OVERSEEING = (
    *("unusual_access.viewed", "unusual_access.judged", "emergency.viewed", "log.viewed"),
    *("legal_hold.placed", "legal_hold.lifted", "erasure.proposed", "referral.glass_judged"),
)


@pytest.fixture(scope="module")
def stage(database):
    return Stage(database)


@pytest.fixture
def team(stage):
    """A team of its own: what others do at night is not on its list."""
    made = stage.agency("Night team", AgencyKind.LINK_WORKER_TEAM)
    stage.may_send(stage.practice, made)
    return made


def opened_yesterday(superuser, actor, person_ids, days=1, did="referral.viewed"):
    for person_id in person_ids:
        superuser.execute(
            "insert into audit_event (at, user_id, agency_id, roles, action, subject_kind,"
            " person_id) values (%s, %s, %s, '{}', %s, 'referral', %s)",
            [clock.now() - timedelta(days=days), actor.user_id, actor.agency_id, did, person_id],
        )


def person_of(stage, team, given, family):
    referral_id = stage.referred(to=team, given_name=given, family_name=family)
    with transaction(stage.gp):
        return stage.get(stage.gp, referral_id).person_id


def lines(officer):
    with transaction(officer):
        rows = session.scalars(
            select(UnusualAccess).where(UnusualAccess.agency_id == officer.agency_id)
        ).all()
        return {(row.user_id, row.what, row.person_id) for row in rows}


def test_own_records_colleagues_and_shared_names_and_homes_are_found_once(stage, team, superuser):
    officer = stage.somebody(Role.PRIVACY_OFFICER, of=team)
    aled = stage.somebody(Role.LINK_WORKER, of=team, name="Aled Rees")
    joan = stage.somebody(Role.TEAM_LEAD, of=team, name="Joan Hart")
    own = person_of(stage, team, "Aled", "Rees")
    housemate = person_of(stage, team, "Wim", "Elsewhere")
    cousin = person_of(stage, team, "Nia", "Rees")
    opened_yesterday(superuser, aled, [own, cousin])
    opened_yesterday(superuser, joan, [own, housemate])
    for _night in range(2):
        watch.watch_agency(str(team))
    assert lines(officer) == {
        (aled.user_id, Kind.OWN_RECORD, own),
        (aled.user_id, Kind.SAME_SURNAME, cousin),
        (joan.user_id, Kind.COLLEAGUE, own),
    }
    stored = superuser.execute(
        "select u::text from unusual_access u where agency_id = %s", [team]
    ).fetchall()
    # A reader of the database knows what Aled is called: "same surname" would tell them more.
    assert {kind.value for kind in Kind if kind.value in repr(stored)} == set()
    assert "Rees" not in repr(stored)
    told = superuser.execute(
        "select args->>'notice' from procrastinate_jobs where args->>'reference' = %s",
        [str(officer.user_id)],
    ).fetchall()
    assert told == [("There is unusual access to look into",)]


def test_an_officer_who_looks_into_a_colleagues_line_is_not_listed_for_it(stage, team, superuser):
    officer = stage.somebody(Role.PRIVACY_OFFICER, of=team, name="Ewa Rees")
    aled = stage.somebody(Role.LINK_WORKER, of=team, name="Aled Rees")
    cousin = person_of(stage, team, "Nia", "Rees")
    opened_yesterday(superuser, aled, [cousin])
    for did in OVERSEEING:
        opened_yesterday(superuser, officer, [cousin], did=did)
    watch.watch_agency(str(team))
    assert lines(officer) == {(aled.user_id, Kind.SAME_SURNAME, cousin)}


def test_the_notice_stands_or_falls_with_the_lines(stage, team, superuser, monkeypatch):
    officer = stage.somebody(Role.PRIVACY_OFFICER, of=team)
    aled = stage.somebody(Role.LINK_WORKER, of=team, name="Aled Rees")
    opened_yesterday(superuser, aled, [person_of(stage, team, "Nia", "Rees")], days=2)
    look_at = watch.look_at

    def dies_on_the_last_day(night, day):
        if day == clock.today() - timedelta(days=1):
            raise RuntimeError("the plug was pulled")
        return look_at(night, day)

    monkeypatch.setattr(watch, "look_at", dies_on_the_last_day)
    with pytest.raises(RuntimeError, match="plug"):
        watch.watch_agency(str(team))
    assert len(lines(officer)) == 1
    told = "select count(*) from procrastinate_jobs where args->>'reference' = %s"
    assert superuser.execute(told, [str(officer.user_id)]).fetchone() == (1,)


def test_somebody_at_the_address_of_ones_own_record_is_found(stage, team, superuser):
    officer = stage.somebody(Role.PRIVACY_OFFICER, of=team)
    aled = stage.somebody(Role.LINK_WORKER, of=team, name="Aled Rees")
    with_home = {"to": team, "postcode": "QS1 1AB"}
    ids = []
    for given, family in (("Aled", "Rees"), ("Wim", "Elsewhere")):
        referral_id = stage.referred(given_name=given, family_name=family, **with_home)
        with transaction(stage.gp):
            ids.append(stage.get(stage.gp, referral_id).person_id)
    opened_yesterday(superuser, aled, ids)
    watch.watch_agency(str(team))
    assert (aled.user_id, Kind.SAME_ADDRESS, ids[1]) in lines(officer)


def test_a_charity_is_watched_by_what_was_sent_to_it(stage, superuser):
    officer = stage.somebody(Role.PRIVACY_OFFICER, of=stage.charity)
    wim = stage.somebody(Role.COORDINATOR, of=stage.charity, name="Wim Zonneveld")
    referral_id = stage.taken_on(given_name="Wim", family_name="Zonneveld")
    stage.sent_on(referral_id)
    with transaction(stage.worker):
        person_id = stage.get(stage.worker, referral_id).person_id
    opened_yesterday(superuser, wim, [person_id])
    watch.watch_agency(str(stage.charity))
    assert (wim.user_id, Kind.OWN_RECORD, person_id) in lines(officer)


def test_many_more_people_than_usual_are_found_from_numbers_alone(stage, team, superuser):
    officer = stage.somebody(Role.PRIVACY_OFFICER, of=team)
    busy = stage.somebody(Role.LINK_WORKER, of=team)
    for days in range(3, 9):
        opened_yesterday(superuser, busy, [uuid.uuid4() for _ in range(4)], days=days)
    opened_yesterday(superuser, busy, [uuid.uuid4() for _ in range(21)])
    watch.watch_agency(str(team))
    with transaction(officer):
        row = session.scalars(select(UnusualAccess).where(UnusualAccess.agency_id == team)).one()
    assert (row.kind, row.people, row.usual, row.person_id) == ("many people", 21, 4, None)


def test_a_line_is_judged_by_another_and_not_told_again_once_explained(
    stage, team, superuser, signed_in
):
    officer = stage.somebody(Role.PRIVACY_OFFICER, of=team)
    aled = stage.somebody(Role.LINK_WORKER, Role.PRIVACY_OFFICER, of=team, name="Aled Rees")
    cousin = person_of(stage, team, "Nia", "Rees")
    opened_yesterday(superuser, aled, [cousin])
    watch.watch_agency(str(team))
    client = signed_in(officer)
    listed = page_of(client, "/oversight/access")
    assert "Same last name" in listed
    assert "Nia" not in listed
    with transaction(officer):
        row = session.scalars(select(UnusualAccess).where(UnusualAccess.agency_id == team)).one()
    where = f"/oversight/access/{row.id}"
    assert "cannot judge a line about yourself" in page_of(signed_in(aled), where)
    page = page_of(client, where)
    assert "There is a problem" in sent(client, where, page, verdict="explained")
    unfit = {"verdict": "explained", "because": "being looked into", "words": "Not yet."}
    assert "Select a reason that fits" in sent(client, where, page, **unfit)
    said = {"verdict": "explained", "because": "not the same person", "words": "No relation."}
    assert "Nothing to look into" in sent(client, where, page, **said)
    assert "Explained" in page_of(client, "/oversight/access?show=judged")
    assert "No relation." in page_of(client, where)

    opened_yesterday(superuser, aled, [cousin], days=2)
    watch.watch_agency(str(team))
    assert len(lines(officer)) == 1
    concerning = {"verdict": "concerning", "because": "being looked into"}
    stale = {**concerning, "idempotency_key": str(uuid.uuid4())}
    assert "This has changed" in client.post(where, data={**hidden(page), **stale}).text


def test_the_watch_sees_nothing_of_another_agency(stage, team, superuser):
    officer = stage.somebody(Role.PRIVACY_OFFICER, of=team)
    aled = stage.somebody(Role.LINK_WORKER, of=team, name="Aled Rees")
    theirs = person_of(stage, stage.team, "Aled", "Rees")
    opened_yesterday(superuser, aled, [theirs])
    night = Watch(team)
    with transaction(night):
        assert watch.look_at(night, clock.today() - timedelta(days=1)) == 0
    assert lines(officer) == set()
