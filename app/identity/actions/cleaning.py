"""Forget what is no longer needed, every hour."""

from app.core import jobs
from app.core.db import NOBODY, transaction
from app.identity.actions import logout_token, web_session


@jobs.queue.periodic(cron="17 * * * *")
@jobs.queue.task(name="forget_old_sessions", queue="cleaning", queueing_lock="old_sessions")
def forget_old_sessions(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Delete sessions that ended long ago, and what was needed to end them."""
    with transaction(NOBODY):
        web_session.forget_old()
        logout_token.forget_old()
