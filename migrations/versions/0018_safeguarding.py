"""Safeguarding notes: sealed apart, read only by the people whom a note names."""

from pathlib import Path

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    path = Path(__file__).with_name("0018_safeguarding.sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("Safeguarding notes are not forgotten")
