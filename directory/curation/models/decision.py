"""What everything that waits for somebody shares: its state, and who decided what, in words."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.core import clock
from app.core.errors import Conflict
from app.identity.actor import Actor

WAITING = "waiting"
DECIDED = "Somebody has decided on this already. Open it again to see what became of it."


class Decided:
    """A mix-in for stored rows; `state` is `waiting` until somebody decides, once."""

    state: Mapped[str] = mapped_column(default=WAITING)
    decided_at: Mapped[datetime | None]
    decided_name: Mapped[str] = mapped_column(default="")

    @declared_attr
    def decided_by(self) -> Mapped[uuid.UUID | None]:
        """Who decided."""
        return mapped_column(ForeignKey("app_user.id"))

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state == WAITING

    def decide(self, actor: Actor, state: str) -> None:
        """Say what was decided. Raises Conflict when it was decided before."""
        if not self.waits:
            raise Conflict(DECIDED)
        self.state, self.decided_at = state, clock.now()
        self.decided_by, self.decided_name = actor.user_id, actor.name
