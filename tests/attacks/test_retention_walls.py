"""The second wall around holds and erasures: whatever the application's own role may say."""

import itertools
import uuid
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from app.core.db import session, transaction
from app.identity.actor import Actor, Role
from referrals.retention import policy
from referrals.retention.actions import erasure, hold
from referrals.retention.models.hold import HoldReason
from referrals.retention.queries import kept as kept_until
from tests.ageing import declined, ended, officers, person_of
from tests.stage import Stage


@pytest.fixture(scope="module")
def world(database):
    """Two people whose time is over: one held by the team, one proposed by the practice."""
    stage = Stage(database)
    stage.first, stage.second = officers(stage)
    rules = database.settings.retention
    stage.held_id, stage.due_id = (person_of(stage, ended(stage)) for _ in "12")
    with transaction(stage.second):
        kept = kept_until.get(stage.second, rules, stage.held_id)
        stage.hold_id = hold.place(stage.second, kept, HoldReason.COURT, "").id
    with transaction(stage.first):
        kept = kept_until.get(stage.first, rules, stage.due_id)
        stage.erasure_id = erasure.propose(stage.first, kept).id
    return stage


def everybody(world) -> list[Actor]:
    """Each set of one or two roles in each of four agencies, besides nobody's."""
    agencies = (world.practice, world.team, world.charity, world.other_practice)
    roles = [*([one] for one in Role), *itertools.combinations(Role, 2)]
    return [
        replace(world.first, agency_id=agency, roles=frozenset(some))
        for agency, some in itertools.product(agencies, roles)
    ]


def test_both_walls_show_them_to_the_same_officers(world):
    seen = set()
    for actor in everybody(world):
        concerned = actor.agency_id in (world.practice, world.team)
        allowed = concerned and policy.SEE_KEPT.allows(actor)
        with transaction(actor):
            for table, row_id in (("legal_hold", world.hold_id), ("erasure", world.erasure_id)):
                asked = sa.text(f"select count(*) from {table} where id = :id")
                assert session.scalar(asked, {"id": row_id}) == allowed, (actor, table)
        seen.add(allowed)
    assert seen == {True, False}


def test_the_dates_are_in_no_table_that_the_application_reads(world):
    for command in ("select * from retention", "update retention set erased = true"):
        with transaction(world.first), pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(sa.text(command))


HOLD = (
    "insert into legal_hold (id, created_at, person_id, agency_id, placed_by, reason, case_number)"
    " values (gen_random_uuid(), now(), :person, :agency, :user, 'court', '')"
)
ERASURE = (
    "insert into erasure (id, created_at, person_id, agency_id, proposed_by, rule, due_on, refs,"
    " status) values (gen_random_uuid(), now(), :person, :agency, :user, 'adult', current_date,"
    " '{}', :status)"
)


def test_nobody_else_holds_lifts_or_proposes(world):
    outsider = world.somebody(Role.PRIVACY_OFFICER, of=world.other_practice)
    person = {"person": world.held_id}
    for who in (outsider, world.gp, world.lead, world.coordinator, world.administrator):
        own = person | {"agency": who.agency_id, "user": who.user_id, "status": "proposed"}
        for statement in (HOLD, ERASURE):
            with transaction(who), pytest.raises(ProgrammingError, match="row-level security"):
                session.execute(sa.text(statement), own)
    lifted = (
        "update legal_hold set lifted_at = now(), lifted_by = :user, lifted_because = ''"
        " where id = :id"
    )
    for who in (world.first, outsider, world.lead):
        with transaction(who):
            said = {"user": who.user_id, "id": world.hold_id}
            assert session.execute(sa.text(lifted), said).rowcount == 0, who


def test_an_officer_writes_in_no_other_name_and_finishes_nothing_alone(world):
    mine = {"person": world.held_id, "agency": world.practice, "user": world.first.user_id}
    theirs = mine | {"user": world.second.user_id}
    for statement, said in (
        (HOLD, theirs),
        (HOLD, mine | {"agency": world.team}),
        (ERASURE, theirs | {"status": "proposed"}),
        (ERASURE, mine | {"status": "done"}),
    ):
        with transaction(world.first), pytest.raises(ProgrammingError, match="row-level security"):
            session.execute(sa.text(statement), said)
    for call in (
        "select trellis.empty_sealed(:person)",
        "select trellis.take_back_everything(:person)",
        "select * from trellis.kept_until(:person, 1, 1, 1)",
    ):
        with transaction(world.first), pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(sa.text(call), {"person": world.held_id})
    for columns in (
        "person_id = gen_random_uuid()",
        "due_on = '2000-01-01'",
        "backups_until = null",
    ):
        with transaction(world.first), pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(sa.text(f"update erasure set {columns}"))


SHORT = "select trellis.erase(:id, 1, 1, 1, current_date + 40000, -40000)"


def proposed_straight(world, person_id) -> uuid.UUID:
    """A proposal written past the application, of a record whose time may not be over."""
    erasure_id = uuid.uuid4()
    mine = {"person": person_id, "agency": world.practice, "user": world.first.user_id}
    statement = ERASURE.replace("gen_random_uuid()", ":id")
    with transaction(world.first):
        session.execute(sa.text(statement), mine | {"id": erasure_id, "status": "proposed"})
    return erasure_id


def test_no_years_ages_or_days_that_are_said_make_a_record_due(world):
    adult, child, refused = ended(world, 7), ended(world, 3), declined(world, 1)
    born = sa.text("select trellis.keep_child_born(:id, 1900)")
    with transaction(world.gp):
        session.execute(born, {"id": child})
    for referral_id in (adult, child, refused):
        straight = {"id": proposed_straight(world, person_of(world, referral_id))}
        with transaction(world.second), pytest.raises(ProgrammingError, match="kept longer"):
            session.execute(sa.text(SHORT), straight)


def test_a_receipt_names_no_day_before_it(world):
    straight = {"id": proposed_straight(world, person_of(world, ended(world)))}
    with transaction(world.second):
        session.execute(sa.text(SHORT), straight)
        until = sa.text("select backups_until > current_date from erasure where id = :id")
        assert session.scalar(until, straight)


def test_an_officer_learns_of_nobody_whom_their_agency_does_not_know(world):
    outsider = world.somebody(Role.PRIVACY_OFFICER, of=world.charity)
    one = sa.text("select count(*) from trellis.overseen_person(:id, null, 8, 25, 2)")
    with transaction(outsider):
        for who in (world.held_id, world.due_id, uuid.uuid4()):
            assert session.scalar(one, {"id": who}) == 0
