"""What a search asks is answered through indexes, whatever was asked before it."""

import json
import re

import pytest
import sqlalchemy as sa

from app.core.db import NOBODY, engine, session, transaction
from directory.finding.queries.answer import answer
from directory.finding.queries.search import wanted_by

SPATIAL, WORDS, FACETS = "location_spot_idx", "listing_words_idx", "listing_facets"


WHOLE = re.compile(r'"Node Type": "Seq Scan"[^{}]*"Relation Name": "listing"')
ROWS = 4_000
MANY = """
    insert into service (id, created_at, organisation_id, name, description, status, version,
        last_modified)
    select gen_random_uuid(), now(), %s, 'Planned ' || n,
        (select string_agg(md5((n * 31 + g)::text), ' ') from generate_series(1, 20) g),
        'active', 1, now()
    from generate_series(1, %s) n"""
CLOSED = "update service set status = 'defunct' where organisation_id = %s"


@pytest.fixture
def crowd(charity, owner):
    """So many services that the database has to choose how to read them."""
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        owner.execute(MANY, [charity.organisation.id, ROWS])
    owner.execute("analyze listing")
    charity.lists("Walking by index")
    yield
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        owner.execute(CLOSED, [charity.organisation.id])


def plans(**asked):
    """The plans of the statements that a search runs, made as it makes them."""
    ran = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        ran.append((statement, parameters))

    with transaction(NOBODY):
        wanted = wanted_by(**asked)
        sa.event.listen(engine(), "before_cursor_execute", note)
        answer(wanted)
        sa.event.remove(engine(), "before_cursor_execute", note)
        cursor = session.connection().connection.driver_connection.cursor()
        found = []
        for statement, parameters in ran:
            if "listing" in statement:
                cursor.execute(f"explain (format json) {statement}", parameters)
                found.append(json.dumps(cursor.fetchone()[0]))
    assert found
    return found


ASKED = [
    ({"words": "walking", "near": "QS1", "within": 10, "facets": ["cost.free"]}, {WORDS, FACETS}),
    ({"words": "dad has dementia"}, {WORDS}),
    ({"words": "walking"}, {WORDS}),
    ({"near": "QS1", "within": 5}, {SPATIAL}),
]


def test_a_search_uses_its_indexes_whatever_was_searched_for_before(crowd):
    for number in range(8):
        with transaction(NOBODY):
            answer(wanted_by(words=f"walking number{number}"))
    for asked, indexes in ASKED:
        for plan in plans(**asked):
            used = set(re.findall(r'"Index Name": "([^"]+)"', plan))
            assert used & indexes, (asked, used)
            assert not WHOLE.search(plan), asked
