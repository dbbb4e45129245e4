"""Let one or four users work, and keep what they met."""

import itertools
import json
import statistics
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.bench.cast import Cast
from tests.bench.place import ROOT
from tests.bench.running import Web
from tests.bench.scenarios import Page


@dataclass
class Figures:
    """The samples of one thing at one load."""

    milliseconds: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    seconds: float = 0.0
    processor: float = 0.0

    def add(self, samples: list[dict[str, Any]], seconds: float, processor: float = 0.0) -> None:
        """More of them, how long all took, and what the web workers used."""
        self.milliseconds += [one["seconds"] * 1000 for one in samples]
        self.database += [one["database"] for one in samples]
        self.queries += [round(one["queries"]) for one in samples]
        self.seconds += seconds
        self.processor += processor

    def join(self, more: "Figures") -> None:
        """Another round of the same."""
        self.milliseconds += more.milliseconds
        self.database += more.database
        self.queries += more.queries
        self.seconds += more.seconds
        self.processor += more.processor

    def percentile(self, percent: int) -> float:
        """The time that so many in a hundred stay under."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]

    @property
    def processor_each(self) -> float:
        """Milliseconds of the web workers' processor time for one."""
        return self.processor * 1000 / len(self.milliseconds)

    @property
    def per_second(self) -> float:
        """How many were answered in a second."""
        return len(self.milliseconds) / self.seconds

    @property
    def database_median(self) -> float:
        """The middle of the times spent waiting for the database."""
        return statistics.median(self.database)

    @property
    def query_count(self) -> int:
        """The usual number of statements."""
        return Counter(self.queries).most_common(1)[0][0]


def measure(page: Page, cast: Cast, web: Web, users: int, times: int) -> dict[str, Figures]:
    """What `users` met doing it `times` times each: by name, usually one."""
    url = f"http://localhost:{web.port}"
    members = cast.members[page.role][:users]
    ready = [list(itertools.islice(page.asks(url, cast, one), times)) for one in members]
    job = {"way": page.way, "port": web.port, "users": ready}
    return _sorted(page, *timed(web, job))


def timed(web: Web, job: dict[str, Any]) -> tuple[dict[str, Any], float]:
    """The answer of the client, and the processor time of the web workers meanwhile."""
    before = web.processor_seconds()
    answer = send(job)
    return answer, web.processor_seconds() - before


def send(job: dict[str, Any]) -> dict[str, Any]:
    """Have the client process do a job."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.client"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"The client stopped:\n{done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _sorted(page: Page, answer: dict[str, Any], processor: float) -> dict[str, Figures]:
    found: dict[str, Figures] = {}
    wrong = Counter(
        (one["status"], one["path"]) for one in answer["samples"] if one["status"] != page.status
    )
    if wrong:
        raise SystemExit(f"{page.name}: wanted {page.status}, got {wrong.most_common(3)}")
    for name in dict.fromkeys(one["name"] for one in answer["samples"]):
        samples = [one for one in answer["samples"] if one["name"] == name]
        figures = found.setdefault(
            page.name if name in ("page", "whole") else f"  {name}", Figures()
        )
        figures.add(samples, answer["seconds"], processor)
    return found
