"""Safeguarding notes are written once and never left without a reader; each try counts."""

from pathlib import Path

from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    path = Path(__file__).with_suffix(".sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("What was said otherwise would be lost; restore a backup instead")
