"""No page runs a number of queries that grows with its rows, or that tells what it found."""

import contextlib

import pytest
import sqlalchemy as sa

from app.core import db
from tests.integration.refer.walk import PERSON, draft, fill_in, ready
from tests.world import World

BORN = {
    f"date_of_birth-{part}": PERSON[f"date_of_birth-{part}"] for part in ("day", "month", "year")
}


@pytest.fixture
def world(database):
    return World(database)


@contextlib.contextmanager
def counted():
    """How many statements were sent to the database meanwhile."""
    sent = []

    def note(_conn, _cursor, statement, *_others):
        sent.append(statement)

    sa.event.listen(db.engine(), "before_cursor_execute", note)
    yield sent
    sa.event.remove(db.engine(), "before_cursor_execute", note)


def test_ten_drafts_cost_the_queries_of_one(world, signed_in):
    client = signed_in(world.gp)
    draft(client)
    with counted() as one:
        client.get("/refer/")
    for _ in range(9):
        draft(client)
    with counted() as ten:
        client.get("/refer/")
    assert len(ten) == len(one) > 5


def test_five_people_found_cost_the_queries_of_one(world, signed_in):
    client = signed_in(world.gp)
    costs = []
    for people in (1, 4):
        for _ in range(people):
            world.referred(family_name="Manyofthem")
        client.get("/refer/find")
        with counted() as sent:
            fill_in(client, "/refer/find", {"family_name": "Manyofthem", **BORN})
        costs.append(len(sent))
    assert costs[0] == costs[1] > 5


def test_somebody_known_elsewhere_costs_what_nobody_does(world, signed_in):
    world.referred(by=world.other_gp, family_name="Elsewhereknown")
    client = signed_in(world.gp)
    costs = []
    for name in ("Elsewhereknown", "Nowhereknown"):
        folder = ready(world, client, who={"family_name": name})
        with counted() as sent:
            client.get(folder + "check")
        costs.append(len(sent))
    assert costs[0] == costs[1] > 5
