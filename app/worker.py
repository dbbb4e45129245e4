"""The worker: does later what a transaction asked for, on as many hosts as wanted."""

import asyncio
import signal

import procrastinate
import psycopg
import structlog
from procrastinate import exceptions

from app.core import jobs
from app.core.notary import keeper, sealing, witness
from app.factory import open_stores
from app.identity import notices
from app.identity.actions import cleaning
from app.web import limits_cleaning
from config import logging
from config.settings import Settings
from directory.curation.actions import merge
from directory.finding.actions import learning
from directory.freshness.actions import mailing
from directory.sources.actions import reading
from referrals.onward.actions import escalation
from referrals.oversight.actions import watch
from referrals.record.actions import integrity
from referrals.safeguarding.actions import succession

__all__ = ["TASKS", "run"]

# Named here so that the rooms' tasks are known to the queue.
TASKS = (
    notices.send_notice,
    notices.send_waiting_notice,
    cleaning.forget_old_sessions,
    limits_cleaning.forget_old_hits,
    escalation.escalate_silence,
    learning.learn_words,
    watch.watch_access,
    watch.watch_agency,
    succession.name_successors,
    integrity.check_integrity,
    integrity.tell_operator,
    mailing.send_links,
    mailing.send_claim,
    mailing.prompt_editors,
    sealing.seal_audit,
    witness.tell_witnesses,
    reading.read_due_sources,
    reading.read_source,
    merge.find_every_night,
)
STALLED_SECONDS = 60
PAUSE_SECONDS = 1


@jobs.queue.periodic(cron="* * * * *")
@jobs.queue.task(name="retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Take up again what a worker that died had begun."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await manager.retry_job(job)


def run(settings: Settings, concurrency: int = 4) -> None:
    """Work until told to stop; a job in hand is finished first.

    When the database goes away, wait for it or for the one that takes its place.

    Raises:
        NoAuditKey: the audit trail could not be sealed.
    """
    keeper.signers(settings)
    logging.configure(settings.log_level)
    open_stores(settings)
    asyncio.run(_work(settings, concurrency))


async def _work(settings: Settings, concurrency: int) -> None:
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    stopping = asyncio.create_task(asked.wait())
    while not asked.is_set():
        working = asyncio.create_task(_until_the_database_goes(settings, concurrency))
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        working.cancel()  # the worker finishes what it has in hand
        await asyncio.wait({working})
        if not working.cancelled():
            working.result()
        await asyncio.wait({stopping}, timeout=PAUSE_SECONDS)


async def _until_the_database_goes(settings: Settings, concurrency: int) -> None:
    connector = jobs.PatientConnector(
        conninfo=settings.direct_database_url or settings.database_url or "",
        min_size=1,
        max_size=concurrency + 2,
        timeout=3,
        reconnect_timeout=3,  # then afresh: the pool would wait twice as long after each try
    )
    try:
        with jobs.queue.replace_connector(connector) as queue:
            async with queue.open_async():
                await queue.run_worker_async(
                    concurrency=concurrency,
                    delete_jobs="successful",
                    shutdown_graceful_timeout=10,
                    update_heartbeat_interval=10,
                    stalled_worker_timeout=STALLED_SECONDS,
                    install_signal_handlers=False,
                )
    except (exceptions.ConnectorException, psycopg.OperationalError) as error:
        if not jobs.is_away(error):
            raise
    structlog.get_logger().warning("worker.database_away")
