"""`python -m tests.bench.client`: sends what it reads on its input, one thread a user.

A process of its own, so that nothing of the server's waits for it. Each request has its own
connection, as behind a reverse proxy; connecting is part of its time.
"""

import http.client
import json
import re
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

TIMING = re.compile(r"(\w+);dur=([\d.]+)")
Sample = dict[str, Any]


def send(port: int, asked: dict[str, Any]) -> tuple[Sample, dict[str, str]]:
    """One request and its answer, read to the end."""
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    headers = {"Connection": "close", **asked.get("headers", {})}
    began = time.perf_counter()
    connection.request(asked["method"], asked["path"], asked.get("body"), headers)
    answer = connection.getresponse()
    size = len(answer.read())
    took = time.perf_counter() - began
    connection.close()
    given = {name.lower(): value for name, value in answer.getheaders()}
    told = dict(TIMING.findall(given.get("server-timing", "")))
    sample = {"seconds": took, "status": answer.status, "size": size, "name": "page"}
    known = {"database": float(told.get("db", 0)), "queries": float(told.get("queries", 0))}
    return {**sample, **known, "path": asked["path"]}, given


def requests(port: int, one: dict[str, Any]) -> list[Sample]:
    """One request for itself."""
    return [send(port, one)[0]]


def sign_in(port: int, one: dict[str, Any]) -> list[Sample]:
    """A whole sign-in: to the provider, choose a person, and back with a code."""
    first, given = send(port, {"method": "GET", "path": "/sign-in"})
    second, given = send(port, {"method": "GET", "path": _path(given["location"])})
    cookie, authorize = given["set-cookie"].partition(";")[0], urlsplit(given["location"])
    asked = {"method": "POST", "path": f"{authorize.path}?{authorize.query}"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode({"subject": one["subject"]})
    chosen, given = send(authorize.port or 80, {**asked, "body": body, "headers": form})
    back = {"method": "GET", "path": _path(given["location"]), "headers": {"Cookie": cookie}}
    last, given = send(port, back)
    ours = (first, second, last)
    whole = {
        key: sum(step[key] for step in ours) for key in ("seconds", "database", "queries", "size")
    }
    whole["seconds"] += chosen["seconds"]
    kept = {"status": last["status"], "path": "/sign-in"}
    return [{**whole, **kept, "name": "whole"}, {**last, "name": "callback"}]


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


WAYS = {"requests": requests, "sign-in": sign_in}


def main() -> None:
    """Read a job, let every user work through their list at once, write the samples."""
    job = json.load(sys.stdin)
    sys.setswitchinterval(0.0005)
    way, port = WAYS[job["way"]], job["port"]
    samples: list[Sample] = []
    start = threading.Barrier(len(job["users"]) + 1)

    def work(mine: list[dict[str, Any]]) -> None:
        start.wait()
        for one in mine:
            samples.extend(way(port, one))

    threads = [threading.Thread(target=work, args=[mine]) for mine in job["users"]]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    json.dump({"seconds": time.perf_counter() - began, "samples": samples}, sys.stdout)


if __name__ == "__main__":
    main()
