"""Journeys: people, referrals, plans, onward referrals, and who may see which."""

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for part in ("tables", "onward", "relationships", "policies"):
        path = Path(__file__).with_name(f"0005_{part}.sql")
        op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("Journeys are not taken away; restore a backup instead")
