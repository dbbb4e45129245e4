"""Where the directory's entries come from: sources, what each last said, and imports."""

from pathlib import Path

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    path = Path(__file__).with_suffix(".sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    for name in ("source_import", "source_record", "directory_source"):
        op.execute(f"drop table {name}")
