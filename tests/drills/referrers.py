"""People who refer through the pages and never give up: a form is sent until it counts."""

import contextlib
import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.drills.house import House
from tests.integration.refer.walk import PERSON, REACH, hidden, reasons

PAUSE_SECONDS = 0.3
PATIENCE_SECONDS = 180


class Refused(Exception):
    """An answer that no trying again would change."""


@dataclass
class Tally:
    """What all referrers together met."""

    begun: int = 0
    folders: set[str] = field(default_factory=set)
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    repeated: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    without_retry_after: int = 0
    longest: float = 0.0
    answered_at: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: int, seconds: float, headers: Any) -> None:
        with self.lock:
            self.statuses[status] = self.statuses.get(status, 0) + 1
            self.longest = max(self.longest, seconds)
            self.without_retry_after += status == 503 and "Retry-After" not in headers
            if status in (200, 303):
                self.answered_at.append(time.monotonic())

    def longest_silence(self) -> float:
        """The longest time in which nobody got a good answer."""
        moments = sorted(self.answered_at)
        return max((b - a for a, b in itertools.pairwise(moments)), default=0.0)


class Referrer:
    """One browser of one referrer."""

    def __init__(
        self, url: str, browser: requests.Session, answers: dict[str, Any], tally: Tally
    ) -> None:
        self.url, self.browser, self.answers, self.tally = url, browser, answers, tally

    def refer(self, number: int) -> None:
        """Refer somebody, and try every step until it is answered."""
        folder, typed = self.begin(number)
        self.finish(folder, typed)

    def begin(self, number: int) -> tuple[str, dict[str, str]]:
        """Everything but the sending: the draft's address, and the form that sends it."""
        with self.tally.lock:
            self.tally.begun += 1
        letters = "".join(chr(97 + int(digit)) for digit in str(number))
        who = {**PERSON, "family_name": f"Drill{letters}"}
        folder = self._fill("/refer/new", who).rpartition("/")[0] + "/"
        with self.tally.lock:
            self.tally.folders.add(folder)
        self._fill(folder + "contact", REACH)
        self._fill(folder + "why", self.answers)
        return folder, hidden(self._until("GET", folder + "check", {}, 200).text)

    def finish(self, folder: str, typed: dict[str, str]) -> None:
        """Send it; only an answer makes it count as acknowledged."""
        sent = self._until("POST", folder + "check", typed, 303).headers["Location"]
        with self.tally.lock:
            self.tally.acknowledged.append(sent.removeprefix(self.url).split("/")[2])

    def _fill(self, path: str, answers: dict[str, Any]) -> str:
        page = self._until("GET", path, {}, 200)
        typed = {**hidden(page.text), **answers}
        location = self._until("POST", path, typed, 303).headers["Location"]
        return location.removeprefix(self.url)

    def _until(self, method: str, path: str, typed: dict[str, Any], wanted: int) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            began = time.monotonic()
            try:
                answer = self.browser.request(
                    method, self.url + path, data=typed, timeout=40, allow_redirects=False
                )
            except requests.RequestException:
                self.tally.note(0, time.monotonic() - began, {})
            else:
                self.tally.note(answer.status_code, time.monotonic() - began, answer.headers)
                if answer.status_code == wanted:
                    return answer
                if answer.status_code < 500:
                    raise Refused(f"{method} {path.rpartition('/')[2]} {answer.status_code}")
            with self.tally.lock:
                self.tally.repeated += 1
            time.sleep(PAUSE_SECONDS)
        raise Refused(f"{method} {path.rpartition('/')[2]}: no answer")


def of_the_house(house: House, tally: Tally, people: int = 4) -> list[Referrer]:
    """So many browsers of its GP."""
    answers = reasons(house.stage)
    browsers = [house.browser(house.stage.gp) for _ in range(people)]
    return [Referrer(house.url, one, answers, tally) for one in browsers]


@contextlib.contextmanager
def referring(referrers: list[Referrer], tally: Tally) -> Iterator[None]:
    """Refer from several browsers for as long as the block lasts; what is begun is finished."""
    stop = threading.Event()

    def work(referrer: Referrer, first: int) -> None:
        number = first
        while not stop.is_set():
            try:
                referrer.refer(number)
            except Refused as refused:
                with tally.lock:
                    tally.refused.append(str(refused))
            number += len(referrers)

    threads = [
        threading.Thread(target=work, args=(one, first)) for first, one in enumerate(referrers)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
