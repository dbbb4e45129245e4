"""After signing in, work is what one sees."""

import pytest


@pytest.mark.parametrize(("who", "where"), [("worker", "/caseload/"), ("lead", "/triage/")])
def test_the_first_page_of_each(world, signed_in, who, where):
    first = signed_in(getattr(world, who)).get("/")
    assert (first.status_code, first.location) == (303, where)
