"""The access matrix, from three more relations: broken glass, a record that does not open, and one
that was erased.
"""

from dataclasses import replace

import pytest

from app.core.db import transaction
from app.identity.actor import Role
from referrals.emergency.actions import glass
from referrals.emergency.models.glass import Why
from tests.attacks.matrix.route import Answer
from tests.attacks.matrix.table import TABLE
from tests.attacks.matrix.who import ELSEWHERE, Who, in_order

OF_A_REFERRAL = [name for name, one in TABLE.items() if one.record == "referral"]
BREAKERS = (Who(ELSEWHERE, Role.LINK_WORKER), Who(ELSEWHERE, Role.TEAM_LEAD))
SEALED = ("person", "referral", "risk", "need", "goal", "plan_action", "disclosure")
OWNER = {"person": "id"}
THE_PERSON = "(select person_id from referral where id = %s)"
REFUSED, DAMAGED, GONE = {400, 403, 404, 409, 422}, 423, 410


@pytest.fixture(scope="module")
def through_glass(records, cast):
    """A referral that somebody in each role elsewhere has opened in an emergency."""
    ids = records.fresh("referral")
    for who in BREAKERS:
        records.break_glass(cast.somebody(who), ids["referral_id"])
    return ids


@pytest.fixture(scope="module")
def sealed_shut(records, stage, superuser):
    """A referral of which nothing opens: a bit of every blob was changed."""
    ids = records.fresh("referral")
    last = "set_byte({0}, length({0}) - 1, 255 - get_byte({0}, length({0}) - 1))"
    for table, column in sealed_columns(superuser):
        superuser.execute(
            f"update {table} set {column} = {last.format(column)}"
            f" where {OWNER.get(table, 'person_id')} = {THE_PERSON} and length({column}) > 0",
            [ids["referral_id"]],
        )
    return ids


def sealed_columns(superuser):
    return superuser.execute(
        "select table_name, column_name from information_schema.columns"
        " where column_name like '%%\\_sealed' and table_name = any(%s)",
        [list(SEALED)],
    ).fetchall()


def blobs(superuser, ids):
    found = {}
    for table, column in sealed_columns(superuser):
        whose = f"{OWNER.get(table, 'person_id')} = {THE_PERSON}"
        rows = superuser.execute(
            f"select {column} from {table} where {whose} order by id", [ids["referral_id"]]
        )
        found[table, column] = rows.fetchall()
    return found


@pytest.mark.parametrize("endpoint", OF_A_REFERRAL)
def test_broken_glass_lets_read_the_record_and_nothing_else(endpoint, tries, through_glass):
    expected = Answer.THROUGH if TABLE[endpoint].glass else Answer.FORBIDDEN
    wrong = [
        f"{method} {address}: {who} {told}"
        for method, address in tries.each(endpoint, through_glass)
        for who in BREAKERS
        if (told := tries.as_who(who, endpoint, method, address)) is not expected
    ]
    assert wrong == []


@pytest.mark.parametrize("endpoint", OF_A_REFERRAL)
def test_a_record_that_does_not_open_is_said_so_and_never_written_over(
    endpoint, tries, cast, superuser, sealed_shut
):
    before, wrong = blobs(superuser, sealed_shut), []
    assert any(rows for rows in before.values())
    for method, address in tries.each(endpoint, sealed_shut):
        for who in in_order(TABLE[endpoint].may):
            answer = tries.ask(cast.client(who), cast.token(who), endpoint, method, address)
            said = "cannot be opened" in answer.text or answer.status_code in REFUSED | {DAMAGED}
            left_alone = answer.status_code in (200, 303) and "Almeida" not in answer.text
            if not (said or left_alone):
                wrong.append(f"{method} {address}: {who} {answer.status_code}")
    assert wrong == []
    assert blobs(superuser, sealed_shut) == before


@pytest.fixture(scope="module")
def erased(records):
    return records.erased()


@pytest.mark.parametrize("endpoint", OF_A_REFERRAL)
def test_of_an_erased_record_nothing_is_left_to_show_and_nothing_breaks(
    endpoint, tries, cast, erased
):
    wrong = []
    for method, address in tries.each(endpoint, erased):
        for who in in_order(TABLE[endpoint].may):
            answer = tries.ask(cast.client(who), cast.token(who), endpoint, method, address)
            if answer.status_code not in {200, 303, GONE} | REFUSED or "Almeida" in answer.text:
                wrong.append(f"{method} {address}: {who} {answer.status_code}")
    assert wrong == []


def test_an_erased_record_stays_unfound_in_an_emergency(records, cast, erased, superuser):
    actor = cast.somebody(BREAKERS[0])
    found = superuser.execute(
        "select reference from referral where id = %s", [erased["referral_id"]]
    )
    settings = replace(records.stage.settings, emergency_daily_limit=50)
    asked = glass.Emergency(Why.OTHER, "It cannot wait until Monday.", found.fetchone()[0])
    with transaction(actor):
        assert glass.open_record(actor, asked, settings).outcome == glass.Outcome.NOBODY
