"""The nearest place of a service."""

from pathlib import Path

from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    path = Path(__file__).with_suffix(".sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("The searches of this release need it; restore a backup instead")
