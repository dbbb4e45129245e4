"""The invented coast loaded, and imports as an operator runs them."""

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from directory.actions import loading
from directory.importing.hands import Operator
from directory.importing.reading.source import Source
from directory.importing.report import Report
from directory.importing.run import Import

CLOSE = """
    update service set status = 'defunct' where id in (
        select local_id from source_record r join directory_source s on s.id = r.source_id
        where s.name = %s)"""


@pytest.fixture(scope="session", autouse=True)
def reference(owner) -> None:
    """Needs, disclosure profiles and the postcodes of the demonstration."""
    loading.load_needs(owner)
    loading.load_postcodes(owner, loading.DEMONSTRATION_POSTCODES)


@pytest.fixture
def source(owner) -> Iterator[str]:
    """A source that no other test knows; its services are out of the searches afterwards."""
    name = f"feed {uuid.uuid4()}"
    yield name
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        owner.execute(CLOSE, [name])


@pytest.fixture
def take(owner, source, tmp_path) -> Callable[..., "Taken"]:
    """Import these services, as a JSON file."""

    def run(services: object, *, dry_run: bool = False) -> Taken:
        feed = tmp_path / "feed.json"
        feed.write_text(json.dumps(services), encoding="utf-8")
        return imported(owner, source, Source(str(feed)), tmp_path, dry_run=dry_run)

    return run


class Taken:
    """What came of an import."""

    def __init__(self, run: Import, words: list[str], report: str) -> None:
        self.counts, self.words, self.report = run.counts, words, report


def imported(owner, source: str, read: Source, folder: Path, *, dry_run: bool = False) -> Taken:
    """Run one import."""
    words: list[str] = []
    path = folder / "report.csv"
    with Report(path) as report:
        run = Import(Operator(owner), source, report, dry_run=dry_run)
        run.run(read.rows(), words.append, lambda _said: None)
    return Taken(run, words, path.read_text(encoding="utf-8-sig"))
