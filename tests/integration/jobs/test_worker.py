"""The worker as a process: it does what waits, and what another worker died over."""

import signal

import pytest

from app.core import jobs as queue
from app.core.db import NOBODY, transaction
from app.worker import retry_stalled
from tests.integration.jobs.waiting import do, forget_all, jobs
from tests.integration.mail.server import post_office
from tests.own_server import trellis, until
from tests.providers.provider import free_port

ENDED_WELL = 0
# What a sweep looks at: a worker that has said nothing for a minute.
LONG_SILENT = "update procrastinate_workers set last_heartbeat = now() - interval '10 minutes'"


@pytest.fixture(autouse=True)
def nothing_waits(apart):
    forget_all(apart)


@pytest.fixture
def log(tmp_path):
    return tmp_path / "worker.log"


def test_a_notice_is_sent_once_and_its_job_is_gone(apart, world, log):
    world.referred()
    with post_office(free_port()) as post:
        with trellis(apart, "worker", log=log, TRELLIS_SMTP_URL=post.url) as worker:
            until(lambda: post.envelopes and not jobs(apart))
        assert len(post.envelopes) == 1
    assert worker.returncode == ENDED_WELL, log.read_text()


def test_while_the_mail_server_is_away_a_notice_waits_and_is_sent_later(apart, world, log):
    world.referred()
    port = free_port()
    with trellis(apart, "worker", log=log, TRELLIS_SMTP_URL=f"smtp://127.0.0.1:{port}"):
        until(lambda: jobs(apart)[0]["attempts"] >= 1)
        (job,) = jobs(apart)
        assert job["status"] == "todo"
        with post_office(port) as post:
            # Not to wait as long as the worker politely would.
            do(apart, "update procrastinate_jobs set scheduled_at = now()")
            until(lambda: post.envelopes)
            until(lambda: not jobs(apart))
            assert len(post.envelopes) == 1


def test_a_mail_server_that_refuses_for_now_is_asked_again(apart, world, log):
    world.referred()
    with post_office(free_port()) as post:
        post.refuses = True
        with trellis(apart, "worker", log=log, TRELLIS_SMTP_URL=post.url):
            until(lambda: jobs(apart)[0]["attempts"] >= 1)
            post.refuses = False
            do(apart, "update procrastinate_jobs set scheduled_at = now()")
            until(lambda: len(post.envelopes) == 1)


def test_what_a_killed_worker_had_begun_is_done_by_the_next(apart, world, log):
    world.referred()
    with post_office(free_port()) as post:
        post.hangs.set()
        with trellis(apart, "worker", log=log, TRELLIS_SMTP_URL=post.url) as worker:
            until(lambda: jobs(apart)[0]["status"] == "doing")
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        assert jobs(apart)[0]["status"] == "doing"
        assert post.envelopes == []
        post.hangs.clear()
        do(apart, LONG_SILENT)
        with transaction(NOBODY):
            queue.defer(retry_stalled, timestamp=0)  # as the clock does every minute
        with trellis(apart, "worker", log=log, TRELLIS_SMTP_URL=post.url):
            until(lambda: post.envelopes)
            until(lambda: not jobs(apart))
    (message,) = post.messages
    assert "the same message once more" in message.get_content()


def test_a_message_sent_again_says_so_and_has_the_same_number(apart, world, log):
    """The server took it, and the worker died before it heard so."""
    world.referred()
    number = jobs(apart)[0]["args"]["number"]
    with post_office(free_port()) as post:
        post.keeps_quiet = True
        with trellis(apart, "worker", log=log, TRELLIS_SMTP_URL=post.url) as worker:
            until(lambda: post.envelopes)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        post.keeps_quiet = False
        do(apart, LONG_SILENT)
        with transaction(NOBODY):
            queue.defer(retry_stalled, timestamp=0)
        with trellis(apart, "worker", log=log, TRELLIS_SMTP_URL=post.url):
            until(lambda: not jobs(apart))
    first, second = post.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].startswith(f"<{number}@")
    assert ["the same message once more" in one.get_content() for one in (first, second)] == [
        False,
        True,
    ]


def test_a_worker_whose_database_goes_away_works_on_when_it_is_back(apart, world, log):
    """Its connections are cut, and nobody can connect for a while."""
    name = apart.name
    cut = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'trellis_app'"
    with (
        post_office(free_port()) as post,
        trellis(apart, "worker", log=log, TRELLIS_SMTP_URL=post.url) as worker,
    ):
        until(lambda: "Starting worker" in log.read_text())
        do(apart, f"revoke connect on database {name} from trellis_app")
        do(apart, cut)
        until(lambda: "stopping worker" in log.read_text())
        do(apart, f"grant connect on database {name} to trellis_app")
        world.referred()
        until(lambda: post.envelopes)
        until(lambda: not jobs(apart))
    assert worker.returncode == ENDED_WELL, log.read_text()
    assert len(post.envelopes) == 1


def test_the_sweep_is_asked_for_every_minute():
    asked = {
        one.task.name: one.cron for one in queue.queue.periodic_registry.periodic_tasks.values()
    }
    assert asked[retry_stalled.name] == "* * * * *"
