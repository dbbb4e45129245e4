"""The ledger of the audit trail: leaves of a Merkle tree, signed checkpoints, witnesses.

Adds one column with a constant default, an index and new tables: safe while the old release is
still serving, whose lines get the default.
"""

from pathlib import Path

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().connection.driver_connection.execute(text)


def downgrade() -> None:
    raise NotImplementedError("What proves the audit trail is not taken away")
