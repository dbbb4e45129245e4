"""Onward referrals: who looks again when, what is news, withdrawals that are acknowledged."""

from pathlib import Path

from alembic import op

revision = "0008"
down_revision = "0005"


def upgrade() -> None:
    path = Path(__file__).with_name("0008_onward.sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("Withdrawals are not taken away; restore a backup instead")
