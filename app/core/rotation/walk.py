"""Walk through people, a batch a transaction, coming back for those who were busy."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import sqlalchemy as sa

from app.core.keys.tables import Executor
from app.core.keys.wrapping import DoesNotOpen
from app.core.rotation import progress
from app.core.rotation.progress import Progress, Say

PASSES = 20
UNREADABLE = (DoesNotOpen, ValueError, TypeError, KeyError)
PAUSE_SECONDS = 0.2


class Busy(Exception):
    """Somebody is writing about this person now."""


@dataclass
class Walk:
    """`people` are those still to do; `do` changes one of them, or raises."""

    engine: sa.Engine
    kind: str
    people: sa.Select[tuple[uuid.UUID]]  # of one column, person_id
    do: Callable[[sa.Connection, uuid.UUID], None]
    say: Say
    batch: int = 10
    left: set[uuid.UUID] = field(default_factory=set)

    def run(self, reached: Progress) -> set[uuid.UUID]:
        """Go through everybody; the people who had to be left as they were."""
        self.done, last = reached.done, reached.last_person_id
        self.total = reached.done + len(self._waiting())
        for _ in range(PASSES):
            while (last := self._one_batch(last)) is not None:
                self.say(f"{self.kind}: {self.done} of {self.total}")
            if not self._waiting() - self.left:
                break
            time.sleep(PAUSE_SECONDS)
        return self._waiting()

    def _one_batch(self, after: uuid.UUID | None) -> uuid.UUID | None:
        """Do the next few people in one transaction; the last of them, None at the end."""
        reached, before = None, self.done
        with progress.short(self.engine) as connection:
            for reached in self._next(connection, after):
                if not self._one(connection, reached):
                    break
            progress.note(connection, self.kind, reached, self.done - before)
        return reached

    def _one(self, connection: sa.Connection, person_id: uuid.UUID) -> bool:
        """Whether to go on: what is locked already is given up as soon as somebody waits."""
        savepoint = connection.begin_nested()
        try:
            self.do(connection, person_id)
            savepoint.commit()
            self.done += 1
        except (Busy, sa.exc.OperationalError):
            savepoint.rollback()
            return False
        except UNREADABLE:
            savepoint.rollback()
            self.left.add(person_id)
        return True

    def _next(self, executor: Executor, after: uuid.UUID | None) -> list[uuid.UUID]:
        people = self.people.subquery()
        wanted = sa.select(people.c.person_id).order_by(people.c.person_id).limit(self.batch)
        if after is not None:
            wanted = wanted.where(people.c.person_id > after)
        return [row.person_id for row in executor.execute(wanted)]

    def _waiting(self) -> set[uuid.UUID]:
        with progress.short(self.engine) as connection:
            return {row.person_id for row in connection.execute(self.people)}
