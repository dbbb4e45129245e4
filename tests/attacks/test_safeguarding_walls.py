"""Both walls give the same answer about safeguarding notes: those named, in the team that holds."""

import random
import uuid

import psycopg
import pytest
from sqlalchemy import text

from app.core.db import session, transaction
from app.identity.actor import Actor, Role
from referrals.safeguarding import policy
from referrals.safeguarding.models.note import SafeguardingNote
from tests.stage import Stage

NOTES, ACTORS = 30, 60


@pytest.fixture(scope="module")
def stage(database):
    return Stage(database)


@pytest.fixture(scope="module")
def dice():
    return random.Random(20261125)


@pytest.fixture(scope="module")
def people(stage):
    return [stage.somebody(Role.LINK_WORKER, of=stage.team).user_id for _ in range(6)]


@pytest.fixture(scope="module")
def written(stage, dice, people, database):
    """Notes of the team and of another agency, naming anybody, put there by a superuser."""
    referral_id, made = stage.taken_on(), []
    with transaction(stage.worker):
        person_id = stage.get(stage.worker, referral_id).person_id
    with psycopg.connect(database.url("postgres")) as superuser:
        for _ in range(NOTES):
            row = SafeguardingNote(
                agency_id=dice.choice([stage.team, stage.other_team, stage.practice]),
                readers=dice.sample(people, dice.randint(1, 4)),
            )
            superuser.execute(
                "insert into safeguarding_note values"
                " (%s, now(), %s, %s, %s, %s, %s, false, current_date, null, '', 1)",
                [row.id, referral_id, person_id, row.agency_id, people[0], row.readers],
            )
            made.append(row)
    return made


@pytest.mark.parametrize("turn", range(ACTORS))
def test_what_the_database_shows_is_what_the_policy_allows(turn, stage, dice, people, written):
    roles = frozenset(dice.sample(list(Role), dice.randint(0, 3)))
    # Notes of an agency that does not hold the referral are shown to nobody there.
    actor = Actor(dice.choice(people), dice.choice([stage.team, stage.other_team]), roles)
    holds = actor.agency_id == stage.team
    allowed = {one.id for one in written if holds and policy.READ_NOTE.allows(actor, one)}
    with transaction(actor):
        shown = set(session.scalars(text("select id from safeguarding_note")))
    assert shown & {one.id for one in written} == allowed


def test_nobody_writes_one_in_another_name_or_about_what_they_do_not_hold(
    stage, people, written, database
):
    stranger = stage.somebody(Role.LINK_WORKER, of=stage.other_team)
    known = "select referral_id, person_id from safeguarding_note where id = %s"
    with psycopg.connect(database.url("postgres")) as superuser:
        referral_id, person_id = superuser.execute(known, [written[0].id]).fetchone()
    for actor, writer in ((stranger, stranger.user_id), (stage.worker, people[0])):
        values = {"id": uuid.uuid4(), "referral": referral_id, "person": person_id}
        values |= {"agency": actor.agency_id, "writer": writer}
        with pytest.raises(Exception, match="row-level security"), transaction(actor):
            session.execute(
                text(
                    "insert into safeguarding_note values (:id, now(), :referral, :person,"
                    " :agency, :writer, array[cast(:writer as uuid)], false, current_date, null,"
                    " '', 1)"
                ),
                values,
            )
