"""The worker: does later what a transaction asked for, on as many hosts as wanted."""

import procrastinate

from app.core import jobs
from app.factory import open_stores
from app.identity import notices as identity_notices
from app.identity.actions import cleaning
from config import logging
from config.settings import Settings
from referrals.onward.actions import escalation
from referrals.record import notices

__all__ = ["TASKS", "run"]

# Named here so that the rooms' tasks are known to the queue.
TASKS = (
    notices.send_notice,
    identity_notices.send_waiting_notice,
    cleaning.forget_old_sessions,
    escalation.escalate_silence,
)
STALLED_SECONDS = 60


@jobs.queue.periodic(cron="* * * * *")
@jobs.queue.task(name="retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: procrastinate.JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Take up again what a worker that died had begun."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await manager.retry_job(job)


def run(settings: Settings, concurrency: int = 4) -> None:
    """Work until told to stop; a job in hand is finished first."""
    logging.configure(settings.log_level)
    open_stores(settings)
    connector = procrastinate.PsycopgConnector(
        conninfo=settings.database_url or "", min_size=1, max_size=concurrency + 2
    )
    with jobs.queue.replace_connector(connector) as queue:
        queue.run_worker(
            concurrency=concurrency,
            delete_jobs="successful",
            shutdown_graceful_timeout=10,
            update_heartbeat_interval=10,
            stalled_worker_timeout=STALLED_SECONDS,
            install_signal_handlers=True,
        )
