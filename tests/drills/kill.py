"""kill: processes die all the time while people refer; nothing is lost and nothing counts twice."""

import random
import time

from tests.drills import accounts
from tests.drills.cluster import Cluster
from tests.drills.dying import MARKS, SHARE
from tests.drills.house import House, cluster, house, prepared, temporary_folder
from tests.drills.referrers import Tally, of_the_house, referring
from tests.drills.report import Report
from tests.drills.supervised import Supervised, killed, wait_until_gone

ABOUT = "kill -9 of postmaster, back ends, web and job workers; 2 % commit, then die unheard"
SECONDS = 60.0
PAUSE = (0.8, 2.5)
APPLICATION = "tests.drills.dying:create_app()"


def run(report: Report, seconds: float = SECONDS) -> None:
    """Kill for so long, then let everything settle and compare the books."""
    with (
        temporary_folder() as folder,
        cluster(folder / "primary") as server,
        house(folder, prepared(server)) as made,
    ):
        accounts.observe(made)
        web = made.serve(APPLICATION, **{SHARE: "2", MARKS: str(folder / "unheard")})
        workers = [made.work(), made.work()]
        made.wait()
        tally = Tally()
        with referring(of_the_house(made, tally), tally):
            kills = _kill(server, web, workers, time.monotonic() + seconds)
            server.start()
            made.wait(90)
        server.start()
        accounts.settle(made)
        whole = int(seconds >= SECONDS)  # in a few seconds not everybody's turn comes
        for victim, count in kills.items():
            report.at_least(f"kill -9 of a {victim}", count, whole)
        report.at_least("web processes that died, unheard after a commit too", _deaths(made), whole)
        report.at_least("deaths after a commit, before the answer", _unheard(made), whole)
        report.say("tries that had to be repeated", tally.repeated)
        report.say("answers by status (0: none)", dict(sorted(tally.statuses.items())))
        report.same("503 without Retry-After", tally.without_retry_after, 0)
        accounts.compare(made, tally, report)


def _kill(
    server: Cluster, web: Supervised, workers: list[Supervised], deadline: float
) -> dict[str, int]:
    kills = dict.fromkeys(("postmaster", "back end", "web worker", "web master", "job worker"), 0)
    order = list(kills)
    while time.monotonic() < deadline:
        time.sleep(random.uniform(*PAUSE))
        victim = order[sum(kills.values()) % len(order)]
        pids = {
            "web worker": web.children,
            "web master": lambda: [web.pid],
            "job worker": lambda: [one.pid for one in workers],
        }
        if victim in pids:
            for pid in random.sample(pids[victim](), k=min(1, len(pids[victim]()))):
                killed(pid)
        elif not _kill_server(server, victim):
            server.start()
            continue
        kills[victim] += 1
    return kills


def _kill_server(server: Cluster, victim: str) -> bool:
    try:
        chosen = server.postmaster() if victim == "postmaster" else random.choice(server.backends())
    except (OSError, IndexError):
        return False
    killed(chosen)
    if victim == "postmaster":
        wait_until_gone(chosen)
        time.sleep(1)
        server.start()
    return True


def _unheard(made: House) -> int:
    """Each writes a byte before it dies."""
    marks = made.folder / "unheard"
    return marks.stat().st_size if marks.exists() else 0


def _deaths(made: House) -> int:
    said = (made.folder / "web.log").read_text(errors="replace")
    return said.count("was sent SIGKILL")
