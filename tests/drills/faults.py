"""faults: no mail server, a full log volume, a clock that jumps, a worker killed mid-message."""

import sys
import time
from pathlib import Path

import requests

from app.core import clock
from tests.drills import accounts
from tests.drills.cluster import Cluster
from tests.drills.house import House, cluster, house, prepared, temporary_folder
from tests.drills.referrers import Referrer, Tally, of_the_house, referring
from tests.drills.report import Report
from tests.drills.supervised import killed
from tests.drills.wrong_clock import OFFSET, SECONDS_A_DAY
from tests.integration.refer.walk import reasons
from tests.own_server import until
from tests.providers.provider import free_port

ABOUT = "mail server away, log volume full, clock jumping an hour, worker killed mid-message"
SECONDS = 5.0
FULL = Path("/dev/full")
WORKER = [sys.executable, "-m", "tests.drills.wrong_clock"]
HOUR = 3600
TRIED = "select count(*) from procrastinate_jobs where attempts > 0"


def run(report: Report, seconds: float = SECONDS) -> None:
    """One fault after the other, each with so many seconds of load; the books are one."""
    with (
        temporary_folder() as folder,
        cluster(folder / "server") as server,
        house(folder, prepared(server)) as made,
    ):
        accounts.observe(made)
        tally = Tally()
        _no_mail_server(report, made, tally, seconds)
        _full_disk(report, made, tally, server, seconds)
        _jumping_clock(report, made, tally, seconds)
        _killed_mid_message(report, made, tally)
        accounts.settle(made)
        again = len(accounts.repeated(made))
        report.at_least("messages sent again by the worker after it, and saying so", again, 1)
        report.same("jobs that were given up, after all of it", _given_up(made), 0)
        accounts.compare(made, tally, report)


def _refer(made: House, tally: Tally, seconds: float) -> None:
    with referring(of_the_house(made, tally, 2), tally):
        time.sleep(seconds)


def _no_mail_server(report: Report, made: House, tally: Tally, seconds: float) -> None:
    made.serve()
    made.work(TRELLIS_SMTP_URL=f"smtp://127.0.0.1:{free_port()}")
    made.wait()
    _refer(made, tally, seconds)
    until(lambda: made.count(TRIED) > 0)
    report.same("without a mail server: messages that arrived", len(made.post.envelopes), 0)
    report.same("jobs that were given up", _given_up(made), 0)
    made.stop()


def _full_disk(report: Report, made: House, tally: Tally, server: Cluster, seconds: float) -> None:
    """The logs of web, worker and PostgreSQL are on a volume that takes nothing any more."""
    usual = server.log
    server.stop()
    server.log = FULL
    server.start(log_statement="all", log_min_messages="info")
    before = len(tally.acknowledged), tally.repeated
    web = made.serve(log=FULL, TRELLIS_LOG_LEVEL="INFO")
    worker = made.work(log=FULL, TRELLIS_LOG_LEVEL="INFO")
    made.wait()
    ready = made.post_count()
    _refer(made, tally, seconds)
    until(lambda: made.post_count() > ready)
    report.at_least(
        "with a full log volume: referrals sent", len(tally.acknowledged) - before[0], 1
    )
    report.same("tries that had to be repeated", tally.repeated - before[1], 0)
    report.same("restarts of web and worker", (web.starts - 1, worker.starts - 1), (0, 0))
    made.stop()
    server.stop()
    server.log = usual
    server.start(log_statement="none", log_min_messages="fatal")


def _jumping_clock(report: Report, made: House, tally: Tally, seconds: float) -> None:
    offset = made.folder / "clock"
    _set(offset, 0)
    made.serve("tests.drills.wrong_clock:create_app()", **{OFFSET: str(offset)})
    made.start("worker", WORKER, **{OFFSET: str(offset)})
    made.wait()
    _an_hour_ahead(report, made, tally, offset, seconds)
    _an_hour_behind(report, made, tally, offset)
    made.stop()


def _an_hour_ahead(report: Report, made: House, tally: Tally, offset: Path, seconds: float) -> None:
    browser = made.browser(made.stage.gp)
    report.same("before the jump: a page", _look(made, browser), 200)
    _set(offset, HOUR)
    report.same("the clock jumps an hour ahead: the session has ended", _look(made, browser), 303)
    report.same("and it says that it is not ready", made.ready(), False)
    before, arrived = len(tally.acknowledged), made.post_count()
    with clock.days_ago(-HOUR / SECONDS_A_DAY):  # sign in again, by the clock of the web process
        people = of_the_house(made, tally, 2)
    with referring(people, tally):
        time.sleep(seconds)
    report.at_least("after signing in again: referrals sent", len(tally.acknowledged) - before, 1)
    until(lambda: made.post_count() > arrived)
    arrived = made.post_count() - arrived
    report.at_least("messages by a worker whose clock is an hour ahead", arrived, 1)
    _set(offset, 0)
    report.same("back again: a page", _look(made, made.browser(made.stage.gp)), 200)


def _an_hour_behind(report: Report, made: House, tally: Tally, offset: Path) -> None:
    """The database refuses what was signed in its past; a form sent then counts afterwards."""
    browser = made.browser(made.stage.gp)
    person = Referrer(made.url, browser, reasons(made.stage), tally)
    folder, typed = person.begin(999)
    _set(offset, -HOUR)
    answer = browser.post(made.url + folder + "check", data=typed, allow_redirects=False)
    told = answer.status_code, "Retry-After" in answer.headers
    report.same("an hour behind the database: a form is refused", told, (503, True))
    _set(offset, 0)
    until(made.ready)
    person.finish(folder, typed)


def _killed_mid_message(report: Report, made: House, tally: Tally) -> None:
    made.serve()
    made.wait()
    _refer(made, tally, 2)
    made.post.keeps_quiet = True
    arrived = made.post_count()
    worker = made.work()
    made.wait()
    made.do(accounts.LONG_SILENT)
    until(lambda: made.post_count() > arrived, 90)
    killed(worker.pid)
    made.post.keeps_quiet = False
    taken = made.post_count() - arrived
    report.at_least("messages taken whose worker died before it heard so", taken, 1)


def _set(offset: Path, seconds: int) -> None:
    beside = offset.with_suffix(".new")
    beside.write_text(str(seconds))
    beside.replace(offset)


def _look(made: House, browser: requests.Session) -> int:
    return browser.get(made.url + "/refer/", timeout=20, allow_redirects=False).status_code


def _given_up(made: House) -> int:
    return made.count("select count(*) from procrastinate_jobs where status = 'failed'")
