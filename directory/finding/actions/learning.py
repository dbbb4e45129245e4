"""Learn the directory's words, for spelling: every minute, what was written since."""

from sqlalchemy import func, select

from app.core import jobs
from app.core.db import NOBODY, session, transaction

BATCH = 500


def learn(how_many: int = BATCH) -> int:
    """Learn the words of some listings that are new or have changed; how many were."""
    with transaction(NOBODY):
        return session.scalar(select(func.trellis.learn_words(how_many))) or 0


@jobs.queue.periodic(cron="* * * * *")
@jobs.queue.task(name="learn_words", queue="cleaning", queueing_lock="learn_words")
def learn_words(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Learn until nothing is new, each batch in a transaction of its own."""
    while learn():
        pass
