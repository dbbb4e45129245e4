"""Let an encounter be corrected: what was written stays, and a later row stands in its place."""

from pathlib import Path

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    path = Path(__file__).with_name("0020_corrections.sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("A correction is not taken away; restore a backup")
