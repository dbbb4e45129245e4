"""A database of its own for what the nightly check finds, and a superuser who meddles with it."""

import uuid

import psycopg
import pytest
from psycopg.rows import dict_row

from app.core.db import transaction
from app.core.integrity import check
from referrals.record.models.person import Person
from tests.conftest import cloned, prepared
from tests.world import World


@pytest.fixture(scope="module")
def apart(server):
    with cloned(server, f"integrity_{uuid.uuid4().hex[:12]}") as made, prepared(made):
        yield made


@pytest.fixture(scope="module")
def world(apart):
    return World(apart)


@pytest.fixture
def superuser(apart):
    with psycopg.connect(apart.url("postgres"), autocommit=True, row_factory=dict_row) as made:
        yield made


@pytest.fixture
def person_id(world):
    """Somebody new, whose phone number was changed once."""
    referral_id = world.referred()
    with transaction(world.gp):
        return world.get(world.gp, referral_id).person_id


def blobs(superuser, person_id):
    return superuser.execute("select * from person where id = %s", [person_id]).fetchone()


def rewrite(world, person_id):
    """Write the person's identity anew, as the application does; what was stored before."""
    with transaction(world.gp) as session:
        person = session.get_one(Person, person_id)
        old = bytes(person.identity_sealed)
        person.identity = type(person.identity)(
            **{**vars(person.identity), "preferred_name": uuid.uuid4().hex}
        )
    return old


def found_by(superuser, about):
    """The problems that a check of everything finds with this row, and their references."""
    told = []
    check.run(told.append)
    return [one for one in told if one.problem.row_id == about]
