"""The stage, the people and the records of the matrix, made once a module."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests.attacks.matrix.cast import Cast
from tests.attacks.matrix.records import Records
from tests.attacks.matrix.tries import Tries
from tests.stage import Stage

OUR_TABLES = (
    "select format('select %L || '' '' || count(*) || coalesce(md5(string_agg(t::text, '','' "
    "order by t::text)), '''') from %I t', relname, relname) from pg_class where relkind = 'r'"
    " and relnamespace = 'public'::regnamespace and relname not in"
    " ('web_session', 'rate_hit', 'alembic_version') and relname not like 'procrastinate_w%'"
)


@pytest.fixture(scope="module")
def stage(database):
    return Stage(database)


@pytest.fixture(scope="module")
def cast(stage, signed_in, owner):
    return Cast(stage, signed_in, owner)


@pytest.fixture(scope="module")
def records(stage, cast):
    return Records(stage, cast.somebody)


@pytest.fixture(scope="module")
def tries(application, cast) -> Tries:
    return Tries(application, cast)


@pytest.fixture(scope="module")
def everything_stored(database) -> Iterator[Callable[[], list[str]]]:
    """A digest of every table, to show that a refusal changed nothing."""
    with psycopg.connect(database.url("postgres"), autocommit=True) as superuser:
        statement = " union all ".join(row[0] for row in superuser.execute(OUR_TABLES))
        yield lambda: sorted(row[0] for row in superuser.execute(statement))
