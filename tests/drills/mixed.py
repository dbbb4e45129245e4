"""mixed: twenty agencies, a pool of four, clients that hang up; nobody sees a foreign row."""

import random
import socket
import struct
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from tests.drills.bouncer import POOL, bouncing
from tests.drills.crowd import MARK, Crowd, Member, gather
from tests.drills.house import House, cluster, house, prepared, temporary_folder
from tests.drills.report import Report
from tests.integration.refer.walk import hidden

ABOUT = "twenty agencies, a pool of four, clients that hang up: foreign rows"
SECONDS = 600.0
THREADS = 8
HANGS_UP, DECIDES = 0.2, 0.3  # two in ten hang up, one in ten writes, the others look
FIRST = (0.25, 0.9, 0.8, 0.1, 0.25)  # however short the drill, everybody does some of each
# As a browser: a worker that retires closes the connections it kept, and one may be in use again.
ONCE_MORE = Retry(total=1, allowed_methods=None)
SAFE_HANG_UP = struct.pack("ii", 1, 0)


@dataclass
class Seen:
    """What the crowd saw."""

    pages: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    own: int = 0
    hung_up: int = 0
    foreign: list[str] = field(default_factory=list)
    open_doors: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def run(report: Report, seconds: float = SECONDS, *, bouncer: bool = False) -> None:
    """Keep the crowd busy for so long."""
    with temporary_folder() as folder, cluster(folder / "server") as server:
        database = prepared(server)
        with house(folder, database, {"TRELLIS_POOL_SIZE": str(POOL)}) as made:
            crowd = gather(made)
            if bouncer:
                with bouncing(folder / "bouncer", server) as where:
                    _through(made, where)
                    _busy(report, made, crowd, seconds)
                    made.stop()
            else:
                _busy(report, made, crowd, seconds)


def _through(made: House, where: str) -> None:
    """Web and worker go through PgBouncer; only listening for jobs goes past it."""
    direct = made.environment["TRELLIS_DATABASE_URL"]
    before, _, after = direct.partition("@")
    through = f"{before}@{where}/{after.partition('/')[2]}"
    made.environment |= {"TRELLIS_DATABASE_URL": through, "TRELLIS_DIRECT_DATABASE_URL": direct}


def _busy(report: Report, made: House, crowd: Crowd, seconds: float) -> None:
    made.serve()
    made.work()
    made.wait()
    seen, deadline = Seen(), time.monotonic() + seconds
    threads = [
        threading.Thread(target=_wander, args=(made, crowd, seen, deadline, number))
        for number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report.say("pages looked at", sum(seen.pages.values()))
    report.at_least("people of one's own seen on them", seen.own, 1)
    report.none("foreign people seen", seen.foreign)
    report.at_least("foreign addresses tried", seen.pages["foreign"], 1)
    report.none("of these, answered with anything but 404 or 503", seen.open_doors)
    report.at_least("clients that hung up", seen.hung_up, 1)
    report.at_least("forms that took effect", seen.statuses[303], 1)
    report.none("failures", seen.failures)
    report.say("answers by status", dict(sorted(seen.statuses.items())))
    report.none("jobs that failed", made.ask(
        "select id from procrastinate_jobs where status = 'failed'"))  # fmt: skip


def _wander(made: House, crowd: Crowd, seen: Seen, deadline: float, number: int) -> None:
    chance = random.Random(number)
    cookies = {id(one): made.browser(one.actor) for one in crowd.everybody()}
    for browser in cookies.values():
        browser.mount("http://", HTTPAdapter(max_retries=ONCE_MORE))
    steps = 0
    while time.monotonic() < deadline or steps < len(FIRST):
        does = FIRST[steps] if steps < len(FIRST) else chance.random()
        steps += 1
        member = chance.choice(crowd.everybody())
        browser = cookies[id(member)]
        try:
            if does < HANGS_UP:
                _hang_up(made, browser, _a_page(chance, crowd, member)[1], chance)
                with seen.lock:
                    seen.hung_up += 1
            elif does < DECIDES:
                _decide(made, browser, seen, member, chance)
            else:
                _look(made, browser, seen, member, *_a_page(chance, crowd, member))
        except requests.RequestException as failed:
            with seen.lock:
                seen.failures.append(type(failed).__name__)


def _a_page(chance: random.Random, crowd: Crowd, member: Member) -> tuple[str, str]:
    of_one = "/refer/{}/sent" if member.place == 0 else "/triage/{}"
    pages = {
        "list": "/refer/" if member.place == 0 else chance.choice(("/triage/", "/caseload/")),
        "own": of_one.format(chance.choice(member.own)),
        "foreign": of_one.format(chance.choice(crowd.of_others(member))),
    }
    return chance.choice(list(pages.items()))


def _look(
    made: House, browser: requests.Session, seen: Seen, member: Member, kind: str, path: str
) -> None:
    answer = browser.get(made.url + path, timeout=40)
    foreign = member.foreign(answer.text)
    with seen.lock:
        seen.pages[kind] += 1
        seen.statuses[answer.status_code] += 1
        seen.own += len(MARK.findall(answer.text)) - len(foreign)
        seen.foreign += [f"{one} for {member.place}{member.letter}" for one in foreign]
        if kind == "foreign" and answer.status_code not in (404, 503):
            seen.open_doors.append(f"{answer.status_code} {path}")
        if answer.status_code not in (200, 404, 503):
            seen.failures.append(f"{answer.status_code} {path.rpartition('/')[0]}")


def _decide(
    made: House, browser: requests.Session, seen: Seen, member: Member, chance: random.Random
) -> None:
    """Begin a draft, or put a referral on hold: something is written."""
    path, typed = "/refer/new", {"given_name": "Ada", "family_name": "Zq",
                                 "date_of_birth-day": "1", "date_of_birth-month": "2",
                                 "date_of_birth-year": "1950"}  # fmt: skip
    if member.place == 1:
        path = f"/triage/{chance.choice(member.own)}/decline"
        typed = {"reason": "full", "words": "No room before the summer"}
    page = browser.get(made.url + path, timeout=40)
    with seen.lock:
        seen.foreign += member.foreign(page.text)
    if page.status_code == 200 and 'id="maincontent"' in page.text:
        typed = hidden(page.text) | typed
        answer = browser.post(made.url + path, data=typed, timeout=40, allow_redirects=False)
        with seen.lock:
            seen.statuses[answer.status_code] += 1
            seen.foreign += member.foreign(answer.text)


def _hang_up(made: House, browser: requests.Session, path: str, chance: random.Random) -> None:
    """Ask for a page and be gone before it comes."""
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{made.port}\r\n"
    asked += f"Cookie: trellis={browser.cookies['trellis']}\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", made.port), timeout=10) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, SAFE_HANG_UP)
            client.sendall(asked.encode())
            time.sleep(chance.uniform(0, 0.03))
    except OSError:
        return  # nobody took the call
