"""standby: the primary is killed under load and its synchronous standby promoted."""

import time

from tests.drills import accounts
from tests.drills.cluster import Cluster
from tests.drills.house import House, cluster, database_on, house, prepared, temporary_folder
from tests.drills.referrers import Tally, of_the_house, referring
from tests.drills.report import Report
from tests.own_server import until

ABOUT = "primary killed, synchronous standby promoted, while people refer"
SECONDS = 20.0
BACK_WITHIN = 30.0
SYNCHRONOUS = "select count(*) from pg_stat_replication where sync_state = 'sync'"


def run(report: Report, seconds: float = SECONDS) -> None:
    """So many seconds of load before the primary dies, and as many after."""
    with temporary_folder() as folder, cluster(folder / "primary") as primary:
        standby = Cluster(folder / "standby")
        standby.copy_from(primary, "standby")
        try:
            standby.start()
            hosts = tuple(f"127.0.0.1:{one.port}" for one in (primary, standby))
            with house(folder, prepared(primary, hosts)) as made:
                _fail_over(made, primary, standby, report, seconds)
        finally:
            standby.stop()


def _fail_over(
    made: House, primary: Cluster, standby: Cluster, report: Report, seconds: float
) -> None:
    accounts.observe(made)
    _make_synchronous(primary, made)
    web, worker = made.serve(), made.work()
    made.wait()
    tally = Tally()
    with referring(of_the_house(made, tally), tally):
        time.sleep(seconds)
        report.same("standbys that confirm each commit", made.count(SYNCHRONOUS), 1)
        died = time.monotonic()
        primary.kill()
        standby.promote()
        promoted = time.monotonic()
        made.database = database_on(standby, made.database.hosts)
        made.wait(BACK_WITHIN * 2)
        time.sleep(seconds)
    accounts.settle(made)
    _report_times(report, tally, died, promoted)
    report.same("restarts of web and worker", (web.starts - 1, worker.starts - 1), (0, 0))
    report.say("answers by status (0: none)", dict(sorted(tally.statuses.items())))
    report.same("503 without Retry-After", tally.without_retry_after, 0)
    accounts.compare(made, tally, report)


def _make_synchronous(primary: Cluster, made: House) -> None:
    # Only now, and only here: the standby must not wait for itself once it is promoted.
    primary.configure("synchronous_standby_names", "standby")
    until(lambda: made.count(SYNCHRONOUS) == 1)


def _report_times(report: Report, tally: Tally, died: float, promoted: float) -> None:
    after = [one for one in tally.answered_at if one > promoted]
    report.say("referrals acknowledged before and after", len(tally.acknowledged))
    report.say("seconds until the standby was promoted", f"{promoted - died:.1f}")
    report.at_least("good answers after that", len(after), 1)
    first = min(after, default=float("inf"))
    report.at_most("service back after the primary died", first - died, BACK_WITHIN, "s")
