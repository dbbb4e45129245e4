"""A database with one directory in it, and nothing else."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import sqlalchemy as sa

from app.core.db import NOBODY, session, transaction
from app.demonstration.area import listings, people
from directory import catalogue
from directory.actions import loading
from directory.catalogue import ServiceCard
from directory.finding.actions.learning import learn
from directory.importing.hands import Operator
from directory.importing.reading.source import Source
from directory.importing.report import Report
from directory.importing.run import Import
from tests.conftest import Database, cloned, prepared

FEED = Path(__file__).parents[3] / "shared" / "data" / "feeds" / "bristol-services.json"


@contextlib.contextmanager
def demonstration(database: Database) -> Iterator[None]:
    """The directory of the invented district."""
    with _apart(database, "recall_demonstration") as owner:
        listings.publish(owner, people.admit(owner, "https://issuer.example"))
        yield


@contextlib.contextmanager
def feed(database: Database) -> Iterator[None]:
    """A council's real directory, which says nothing of needs."""
    with _apart(database, "recall_feed") as owner, tempfile.TemporaryDirectory() as folder:
        loading.load_needs(owner)
        with Report(Path(folder) / "report.csv") as report:
            run = Import(Operator(owner), "a council", report)
            run.run(Source(str(FEED)).rows(), lambda _said: None, lambda _said: None)
        yield


@contextlib.contextmanager
def _apart(database: Database, name: str) -> Iterator[psycopg.Connection]:
    with (
        cloned(database.server, f"{name}_{os.getpid()}") as made,
        prepared(made),
        psycopg.connect(made.url("trellis_owner"), autocommit=True) as owner,
    ):
        yield owner


def everything() -> list[ServiceCard]:
    """Every open service."""
    while learn():
        pass
    with transaction(NOBODY):
        ids = session.scalars(sa.text("select service_id from listing where is_open")).all()
        return list(catalogue.many(ids).values())


def names() -> dict[str, str]:
    """What each need is called, by its code."""
    with transaction(NOBODY):
        groups = catalogue.terms()
    return {term.code: term.name for group in groups for term in group.terms}
