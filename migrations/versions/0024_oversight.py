"""Oversight: who has seen a record, and access that somebody should ask about."""

from pathlib import Path

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    path = Path(__file__).with_name("0024_oversight.sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("What an officer has judged is not forgotten")
