"""No list runs a number of statements that grows with its rows."""

import pytest
import sqlalchemy as sa

from app.core import db
from tests.browse import page_of
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


@pytest.fixture
def statements():
    ran = []

    def note(_connection, _cursor, statement, *_more):
        ran.append(statement)

    sa.event.listen(db.engine(), "before_cursor_execute", note)
    yield ran
    sa.event.remove(db.engine(), "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("who", "url"), [("coordinator", "/inbox/"), ("gp", "/sent/?show=all"), ("worker", "onward")]
)
def test_a_longer_list_runs_as_many_statements(stage, signed_in, statements, who, url):
    referral_id = stage.taken_on()
    stage.sent_on(referral_id)
    client = signed_in(getattr(stage, who))
    url = f"/onward/{referral_id}/" if url == "onward" else url
    page_of(client, url)
    counts = []
    for _ in range(2):
        statements.clear()
        page_of(client, url)
        counts.append(len(statements))
        stage.sent_on(referral_id)
        stage.sent_on()
        statements.clear()
    assert counts[0] == counts[1]
