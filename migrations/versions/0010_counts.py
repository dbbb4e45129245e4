"""Counts for a commissioner: made in the database, which gives no small number."""

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0008"


def upgrade() -> None:
    path = Path(__file__).with_name("0010_counts.sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    for name in ("referrals", "journey", "needs"):
        op.execute(f"drop function trellis.count_{name}(date, date)")
    op.execute("drop function trellis.published(bigint)")
