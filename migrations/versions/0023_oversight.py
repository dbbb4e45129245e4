"""Oversight: who has seen a record, and access that somebody should ask about."""

from pathlib import Path

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    path = Path(__file__).with_name("0023_oversight.sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("What an officer has judged is not forgotten")
