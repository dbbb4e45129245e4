"""What a search asks is answered through indexes, whatever was asked before it."""

import json
import re

import pytest
import sqlalchemy as sa

from app.core.db import NOBODY, engine, session, transaction
from directory.finding.queries.answer import answer
from directory.finding.queries.search import wanted_by

SPATIAL = "location_spot_idx"


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
    owner.execute("vacuum analyze listing")  # puts away what waits to be indexed, too
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
            if "listing" in statement and "AS typed" not in statement:  # not the spelling
                cursor.execute(f"explain (format json) {statement}", parameters)
                found.append(json.dumps(cursor.fetchone()[0]))
    assert found
    return found


WITH_WORDS = [
    {"words": "walking", "near": "QS1", "within": 10, "facets": ["cost.free"]},
    {"words": "dad has dementia"},
    {"words": "walking"},
]


def test_a_search_never_reads_all_listings_whatever_was_searched_for_before(crowd):
    for number in range(8):
        with transaction(NOBODY):
            answer(wanted_by(words=f"walking number{number}"))
    for asked in WITH_WORDS:
        for plan in plans(**asked):
            assert not WHOLE.search(plan), asked
            # Planned for these very words, not for any: only so is a rare word known to be rare.
            assert "::tsquery" in plan, asked


def test_the_nearest_of_many_are_found_by_the_spatial_index(crowd):
    counted, nearest = plans(near="QS1", within=5)
    assert not WHOLE.search(counted)
    assert SPATIAL in nearest
