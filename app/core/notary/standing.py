"""How the audit trail stands: how far it is sealed, who was told, what the last check found."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.core import clock
from app.core.keys.tables import Executor

BEHIND = timedelta(minutes=10)
CHECK_BEHIND = timedelta(hours=26)
SEALED = sa.text("select * from trellis.audit_standing()")
WITNESSES = sa.text("select * from trellis.audit_witnesses()")
CHECK = sa.text("select * from trellis.integrity_standing()")


@dataclass(frozen=True)
class Standing:
    """Rows of the functions of the same names; nobody is named in them."""

    sealed: Any
    witnesses: list[Any]
    check: Any
    now: datetime

    def waiting(self) -> timedelta:
        """How long the oldest unsealed entry has waited."""
        since = self.sealed.waiting_since
        return max(self.now - since, timedelta()) if since else timedelta()

    def unseen(self, witness: Any) -> int:
        """How many sealed entries a witness has not been told of."""
        return int((self.sealed.size or 0) - witness.size)

    def troubles(self) -> list[str]:
        """What somebody has to look into, in words."""
        found = []
        if self.waiting() > BEHIND:
            found.append(f"The sealer is behind: something waits for {_words(self.waiting())}")
        found += [
            f"The witness {one.name} has not been told since {one.trouble_since:%d %B %H:%M}:"
            f" {one.trouble}"
            for one in self.witnesses
            if one.trouble and self.now - one.trouble_since > BEHIND
        ]
        # One that began and never came to its end is as bad as none.
        last = self.check.finished_at or self.check.started_at
        if last and self.now - last > CHECK_BEHIND:
            ended = "ended" if self.check.finished_at else "began, and has not ended,"
            found.append(
                f"The last whole check of the records {ended} {_words(self.now - last)} ago"
            )
        if self.check.open_findings:
            found.append(f"{self.check.open_findings} stored records failed their check")
        return found


def look(executor: Executor) -> Standing:
    """Three small questions to the database."""
    sealed = executor.execute(SEALED).one()
    witnesses = list(executor.execute(WITNESSES))
    return Standing(sealed, witnesses, executor.execute(CHECK).one(), clock.now())


def _words(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    hours = minutes // 60
    return f"{hours} hours" if hours > 2 else f"{minutes} minutes"
