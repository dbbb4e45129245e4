"""The directory: organisations, services, where and when, needs, and what a search looks at."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    for part in ("tables", "writers", "search"):
        path = Path(__file__).with_name(f"0004_directory_{part}.sql")
        op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("The directory is not taken away; restore a backup instead")
