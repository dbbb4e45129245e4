"""The same form sent twice has one effect and one answer."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID, insert

from app.core import clock
from app.core.db import session
from app.core.errors import Invalid

KEYS = sa.table(
    "idempotency_key",
    sa.column("key", UUID),
    sa.column("user_id", UUID),
    sa.column("digest", sa.LargeBinary),
    sa.column("answer"),
    sa.column("created_at"),
)


@dataclass(frozen=True)
class Submission:
    """One sending of one form: whose, its key, and the SHA-256 of what was filled in."""

    user_id: uuid.UUID
    key: uuid.UUID
    digest: bytes


def once(submission: Submission, effect: Callable[[], str]) -> str:
    """Run `effect` and keep its answer, or return the answer it gave the first time.

    `effect` returns where to go next. A second sending waits for the first to commit.

    Raises:
        Invalid: the key was used before with other answers in the form.
    """
    mine = (KEYS.c.key == submission.key) & (KEYS.c.user_id == submission.user_id)
    claim = insert(KEYS).values(
        key=submission.key,
        user_id=submission.user_id,
        digest=submission.digest,
        answer="",
        created_at=clock.now(),
    )
    # Without being asked SQLAlchemy does not keep the row count of an insert.
    claimed = session.execute(
        claim.on_conflict_do_nothing(), execution_options={"preserve_rowcount": True}
    )
    if claimed.rowcount == 0:  # type: ignore[attr-defined]
        return _first_answer(submission, mine)
    answer = effect()
    session.execute(sa.update(KEYS).where(mine).values(answer=answer))
    return answer


def _first_answer(submission: Submission, mine: sa.ColumnElement[bool]) -> str:
    digest, answer = session.execute(sa.select(KEYS.c.digest, KEYS.c.answer).where(mine)).one()
    if bytes(digest) != submission.digest:
        raise Invalid("This form was already sent with other answers. Open it again to send more.")
    return str(answer)
