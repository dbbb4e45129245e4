"""A server of these tests' own: the worker is a process and sees no test's transaction."""

import pytest

from tests.own_server import own_server, pointed_at
from tests.world import World


@pytest.fixture(scope="module")
def apart(tmp_path_factory, database):
    """A database with nothing waiting in it, which this process's sessions use meanwhile."""
    folder = tmp_path_factory.mktemp("jobs")
    with own_server(folder / "server") as made, pointed_at(made, database):
        yield made


@pytest.fixture(scope="module")
def world(apart):
    return World(apart)
