"""Reading everything from a running server: how long it takes, and what memory it needs."""

import http.client
import time
from collections.abc import Iterator

from tests.bench.running import Web

FILES = ("services.ndjson", "package.zip")
CHUNK = 1024 * 1024
# What a worker may grow by, whatever the size of the directory.
GROWTH_AIM = 60


def measure(web: Web, services: int) -> Iterator[str]:
    """A line for each file."""
    for name in FILES:
        before = max(web.workers_megabytes())
        took, size, peak = _read(web, f"/open-referral/v3/bulk/{name}")
        grew = peak - before
        met = "met" if grew <= GROWTH_AIM else "NOT MET"
        yield (
            f"{name:<22}{services:>8,} services {took:>7.1f} s {size / 1e6:>8.1f} MB; largest "
            f"worker {before:.0f} → {peak:.0f} MB, aim {GROWTH_AIM} MB more at most: {met}"
        )


def _read(web: Web, path: str) -> tuple[float, int, float]:
    began, size, peak = time.perf_counter(), 0, 0.0
    connection = http.client.HTTPConnection("localhost", web.port, timeout=600)
    connection.request("GET", path)
    answer = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"{path} answers {answer.status}")
    while part := answer.read(CHUNK):
        size += len(part)
        peak = max(peak, *web.workers_megabytes())
    connection.close()
    return time.perf_counter() - began, size, peak
