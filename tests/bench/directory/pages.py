"""The public pages and lists, as strangers ask for them: without a cookie."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.bench.measuring import Figures, timed
from tests.bench.running import Web

SEARCHES = ("walking group", "debt advice", "tea", "gardening club", "carers", "memory")
AREAS = ("QS1", "QS2", "QS4")
NEEDS = ("company.lonely", "money.debt")
DAYS = ("MO", "TU", "WE")


@dataclass(frozen=True)
class Public:
    """A page that everybody may ask for; `paths` go round and round."""

    name: str
    paths: list[str]
    p95_aim: float | None = None


def _each(path: str, **choices: tuple[Any, ...]) -> list[str]:
    names = list(choices)
    asked = [dict(zip(names, one, strict=True)) for one in itertools.product(*choices.values())]
    return [f"{path}?{urlencode(one)}" for one in asked]


API = "/open-referral/v3"
PAGES = (
    Public(
        "search: words, area, need",
        _each("/directory", words=SEARCHES, area=AREAS, need=NEEDS),
        p95_aim=60,
    ),
    Public("search: words, area", _each("/directory", words=SEARCHES, area=AREAS)),
    Public(
        "search: words, area, age",
        _each("/directory", words=SEARCHES, area=AREAS, age=(30, 70)),
        p95_aim=60,
    ),
    Public(
        "services, a page of 50", _each(f"{API}/services", page=tuple(range(1, 11))), p95_aim=40
    ),
    Public("services by words", _each(f"{API}/services", search=SEARCHES, day=DAYS)),
    Public("services, full, of 50", _each(f"{API}/services", full=("true",), page=(1, 2, 3))),
    Public(
        "services at locations, near",
        _each(f"{API}/service_at_locations", postcode=("QS1 1AA", "QS2 1AA"), proximity=(8047,)),
    ),
    Public("the page for reuse", ["/directory/reuse"]),
)


def measure(page: Public, web: Web, users: int, times: int) -> Figures:
    """What so many users met, asking so many times each."""
    lists = [list(_asked(page, user, times)) for user in range(users)]
    job = {"way": "requests", "port": web.port, "users": lists}
    answer, processor = timed(web, job)
    wrong = [one for one in answer["samples"] if one["status"] != 200]
    if wrong:
        raise SystemExit(f"{page.name}: {wrong[0]['status']} from {wrong[0]['path']}")
    figures = Figures()
    figures.add(answer["samples"], answer["seconds"], processor)
    return figures


def _asked(page: Public, user: int, times: int) -> Iterator[dict[str, Any]]:
    # Each user begins elsewhere, so that no two ask the same at once.
    start = user * len(page.paths) // 4
    turning = itertools.islice(itertools.cycle(page.paths), start, start + times)
    return ({"method": "GET", "path": path} for path in turning)
