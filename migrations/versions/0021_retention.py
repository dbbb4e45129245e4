"""Retention, legal holds, and the erasure of a person."""

from pathlib import Path

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    for part in ("retention", "erasure", "restorable"):
        path = Path(__file__).with_name(f"0021_{part}.sql")
        op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("What was erased does not come back")
