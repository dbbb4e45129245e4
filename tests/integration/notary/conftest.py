"""A server whose audit trail is these tests' own: nobody else's transaction is waited for."""

import pytest

from tests.integration.notary.trail import Trail
from tests.own_server import own_server, pointed_at


@pytest.fixture(scope="package")
def apart(tmp_path_factory, database):
    folder = tmp_path_factory.mktemp("notary")
    with own_server(folder / "server") as made, pointed_at(made, database):
        yield made


@pytest.fixture
def trail(apart):
    """An empty trail, an unsealed tree."""
    made = Trail(apart)
    made.empty()
    yield made
    made.superuser.close()
