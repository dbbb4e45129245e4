"""The policy in Python and row-level security in PostgreSQL give the same answer.

For random agencies, members, referrals and relationships (live, ended, run out, broken glass):
what the database shows an actor is what the permissions allow, row by row.
"""

import random
import uuid
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import text

from app.core import clock
from app.core.db import session, transaction
from app.identity.actor import Actor, Role
from referrals.record import policy
from referrals.record.models.referral import Referral
from referrals.record.models.relationship import Relationship
from tests import build

AGENCIES, REFERRALS, ACTORS = 6, 40, 80
ROLES = ("source", "holder", "break-glass")


@pytest.fixture(scope="module")
def walls(database):
    return Walls(database, random.Random(20261122))


def row_ends(row):
    return row.granted_by, row.ended_at, row.until


class Walls:
    """A random population, put in place as a superuser with the triggers asleep."""

    def __init__(self, database, dice):
        self.dice = dice
        self.agencies = [build.agency(database) for _ in range(AGENCIES)]
        self.users = [build.user(database) for _ in range(AGENCIES * 2)]
        self.relationships = []
        self.referrals = {}
        with psycopg.connect(database.url("postgres")) as superuser:
            superuser.execute("set session_replication_role = replica")
            for _ in range(REFERRALS):
                self._referral(superuser)

    def _referral(self, superuser):
        referral_id, person_id = uuid.uuid4(), uuid.uuid4()
        now = clock.now()
        superuser.execute(
            "insert into person values (%s, now(), %s, '', '', '', 1)",
            [person_id, self.agencies[0]],
        )
        superuser.execute(
            "insert into referral (id, created_at, person_id, from_agency_id, to_agency_id,"
            " created_by, reference, status, urgency, next_step, narrative_sealed, version)"
            " values (%s, now(), %s, %s, %s, %s, %s, 'requested', 'routine', 'triage', '', 1)",
            [referral_id, person_id, *self.agencies[:2], self.users[0], str(referral_id)],
        )
        superuser.execute(
            "insert into encounter (id, created_at, referral_id, person_id, user_id, held_on,"
            " kind, place, outcome, note_sealed)"
            " values (%s, now(), %s, %s, %s, current_date, 'x', 'x', 'x', '')",
            [referral_id, referral_id, person_id, self.users[0]],
        )
        self.referrals[referral_id] = person_id
        for agency_id in self.dice.sample(self.agencies, self.dice.randint(0, AGENCIES)):
            row = Relationship(
                agency_id=agency_id,
                referral_id=referral_id,
                person_id=person_id,
                role=self.dice.choice(ROLES),
                granted_by=self.dice.choice(self.users),
                ended_at=self.dice.choice([None, None, now - timedelta(hours=1)]),
                until=self.dice.choice([None, now + timedelta(hours=1), now - timedelta(hours=1)]),
            )
            self.relationships.append(row)
            superuser.execute(
                "insert into relationship (id, agency_id, referral_id, person_id, role,"
                " granted_by, ended_at, until) values (%s, %s, %s, %s, %s, %s, %s, %s)",
                [row.id, agency_id, referral_id, person_id, row.role, *row_ends(row)],
            )

    def actor(self):
        """Anybody, for any agency, with any roles."""
        roles = frozenset(self.dice.sample(list(Role), self.dice.randint(0, 3)))
        return Actor(self.dice.choice(self.users), self.dice.choice(self.agencies), roles)

    def allowed(self, actor, permission):
        """The referrals that the permission allows, judged from the relationships alone."""
        found = set()
        for referral_id in self.referrals:
            referral = Referral(id=referral_id, status="requested")
            mine = [one for one in self.relationships if one.referral_id == referral_id]
            referral.standing = policy.standing_of(actor, mine)
            if permission.allows(actor, referral):
                found.add(referral_id)
        return found

    def shown(self, actor, table, column="id"):
        """The referrals whose rows the database shows."""
        with transaction(actor):
            rows = session.scalars(text(f"select {column} from {table}")).all()
        return set(rows) & (set(self.referrals) | set(self.referrals.values()))


@pytest.mark.parametrize("turn", range(ACTORS))
def test_what_the_database_shows_is_what_the_policy_allows(walls, turn):
    actor = walls.actor()
    allowed = walls.allowed(actor, policy.VIEW)
    assert walls.shown(actor, "referral") == allowed
    assert walls.shown(actor, "person") == {walls.referrals[one] for one in allowed}
    assert walls.shown(actor, "encounter") == walls.allowed(actor, policy.VIEW_PLAN)


def test_the_dice_fall_on_both_sides(walls):
    actors = [walls.actor() for _ in range(ACTORS)]
    seen = [len(walls.allowed(actor, policy.VIEW)) for actor in actors]
    assert any(seen)
    assert not all(seen)
