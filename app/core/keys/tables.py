"""The tables of keys (migration 0003), as far as statements need them."""

from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

BRANCH_KEYS = sa.table(
    "branch_key",
    sa.column("id", UUID),
    sa.column("root_key"),
    sa.column("wrapped", sa.LargeBinary),
    sa.column("commitment", sa.LargeBinary),
    sa.column("created_at"),
    sa.column("retired_at"),
)
PERSON_KEYS = sa.table(
    "person_key",
    sa.column("person_id", UUID),
    sa.column("branch_key_id", UUID),
    sa.column("wrapped", sa.LargeBinary),
    sa.column("commitment", sa.LargeBinary),
    sa.column("generation", sa.Integer),
    sa.column("made_at"),
)
CANARIES = sa.table(
    "key_canary", sa.column("kind"), sa.column("key_name"), sa.column("sealed", sa.LargeBinary)
)

PERSON_INDEX = sa.table(
    "person_index",
    sa.column("person_id", UUID),
    sa.column("kind"),
    sa.column("digest", sa.LargeBinary),
    sa.column("key_name"),
)
KEY_ROTATIONS = sa.table(
    "key_rotation",
    sa.column("kind"),
    sa.column("started_at", sa.DateTime(timezone=True)),
    sa.column("finished_at", sa.DateTime(timezone=True)),
    sa.column("last_person_id", UUID),
    sa.column("done", sa.Integer),
)


class Executor(Protocol):
    """A session or a connection: whatever runs a statement in the present transaction."""

    def execute(self, statement: Any, parameters: Any = None) -> Any:
        """Run one statement."""
