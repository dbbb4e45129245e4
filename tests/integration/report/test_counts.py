"""Counts: none under 5 leaves the database, the rest are rounded, and nobody else may ask."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy import func, select

from app.core.db import session, transaction
from app.core.errors import Denied
from referrals.finish.actions import need as needs
from referrals.record.models.need import NeedStatus
from referrals.record.models.person import Person
from referrals.record.models.referral import Referral
from referrals.record.queries import referral as referrals
from referrals.report.queries import counts
from tests.browse import page_of
from tests.stage import Stage

STATUSES = """
    select status, count(*) from referral where requested_at is not null group by status"""
TERMS = "select term_id, status, count(*) from need group by term_id, status"


@pytest.fixture
def stage(database):
    made = Stage(database)
    for number in range(7):
        referral_id = made.taken_on(given_name=f"Person {number}", needs=("money.debt",))
        with transaction(made.worker):
            referral = made.get(made.worker, referral_id)
            need = referrals.needs(referral)[0]
            needs.end(made.worker, referral, need, NeedStatus.NO_SUITABLE_SERVICE)
    return made


def rows(owner, sql):
    owner.execute("set role trellis_policy")
    found = owner.execute(sql).fetchall()
    owner.execute("reset role")
    return found


def published(number):
    return None if number < 5 else round(number / 5) * 5


def test_every_number_is_rounded_and_none_is_small(stage, owner):
    with transaction(stage.commissioner):
        found = counts.of(stage.commissioner, counts.last_months(12))
    for status, number in rows(owner, STATUSES):
        assert found.by_month.get((None, status)) == published(number)
    for term, status, number in rows(owner, TERMS):
        assert found.needs.get((term, status)) == published(number)
    every = [*found.by_month.values(), *found.needs.values()]
    assert all(number >= 5 and number % 5 == 0 for number in every)
    assert found.unmet[0][1] >= 5


def test_the_database_answers_only_a_commissioner(stage):
    for who in ("gp", "lead", "worker", "coordinator", "administrator"):
        actor = getattr(stage, who)
        with pytest.raises(Denied), transaction(actor):
            counts.of(actor, counts.last_months(12))
        asked = select(func.trellis.count_referrals(sa.func.current_date(), sa.func.current_date()))
        with (
            pytest.raises(sa.exc.ProgrammingError, match="does not reach count"),
            transaction(actor),
        ):
            session.execute(asked)


def test_a_commissioner_sees_no_record(stage):
    with transaction(stage.commissioner):
        assert session.scalars(select(Referral.id)).all() == []
        assert session.scalars(select(Person.id)).all() == []


def test_counts_are_a_page_and_a_file(stage, signed_in):
    client = signed_in(stage.commissioner)
    shown = page_of(client, "/counts/")
    assert "fewer than 5" in shown
    assert "Person 1" not in shown
    file = client.get("/counts/counts.csv?months=3")
    assert file.content_type == "text/csv; charset=utf-8"
    named = r'attachment; filename="[a-z0-9-]+\.csv"'
    assert re.fullmatch(named, file.headers["Content-Disposition"])
    assert file.text.startswith("Table,Row,Column,Value")
    for who in ("gp", "lead", "coordinator"):
        assert signed_in(getattr(stage, who)).get("/counts/").status_code == 403
