"""The lists of holds and erasures: whole, a page at a time, by references."""

import uuid

import pytest

from app.core.db import transaction
from app.core.errors import Invalid
from app.identity.actor import Role
from referrals.record.queries.keyset import PAGE
from referrals.retention.queries import erasure as erasures
from referrals.retention.queries import hold as holds
from tests.ageing import ended, person_of
from tests.browse import page_of
from tests.stage import Stage

HELD = """insert into legal_hold (id, created_at, person_id, agency_id, placed_by, reason,
    case_number) select gen_random_uuid(), now() - n / 2 * interval '1 minute', %s, %s,
    %s, 'court', 'HC-' || n from generate_series(1, %s) n"""


@pytest.fixture(scope="module")
def stage(database):
    return Stage(database)


def walked(listed, actor):
    pages, after = [], ""
    while not pages or after:
        with transaction(actor):
            found = listed(actor, after)
            pages.append([one.id for one in found.rows])
            after = found.after
    return pages


def test_every_hold_is_on_a_page_with_the_references_of_whom_it_holds(stage, signed_in, superuser):
    officer = stage.somebody(Role.PRIVACY_OFFICER, of=stage.team)
    referral_id = ended(stage)
    values = [person_of(stage, referral_id), stage.team, officer.user_id, PAGE + 10]
    superuser.execute(HELD, values)
    pages = walked(holds.of_agency, officer)
    assert [len(one) for one in pages] == [PAGE, 10]
    assert len({row for one in pages for row in one}) == PAGE + 10
    asked = "select reference from referral where id = %s"
    reference = superuser.execute(asked, [referral_id]).fetchone()[0]
    client = signed_in(officer)
    shown = page_of(client, "/retention/?show=held")
    assert shown.count(f">{reference}</a>") == PAGE
    onward = shown.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert page_of(client, onward.replace("&amp;", "&")).count(f">{reference}</a>") == 10
    assert client.get("/retention/?show=held&after=nonsense").status_code == 422


def test_an_officer_reads_no_references_of_whom_their_agency_has_nothing_to_do_with(stage):
    stranger = stage.somebody(Role.PRIVACY_OFFICER, of=stage.other_team)
    person_id = person_of(stage, ended(stage))
    with transaction(stranger):
        assert holds.references(stranger, [person_id]) == {}


def test_a_cursor_is_a_moment_and_a_row(stage):
    officer = stage.somebody(Role.PRIVACY_OFFICER, of=stage.team)
    for wrong in ("x", "2026-01-01~x", f"x~{uuid.uuid4()}"):
        with transaction(officer), pytest.raises(Invalid):
            erasures.done(officer, wrong)
