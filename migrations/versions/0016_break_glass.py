"""Opening a record in an emergency: once it is used, reviewed and ended."""

from pathlib import Path

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    path = Path(__file__).with_name("0016_break_glass.sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("What was opened in an emergency is not forgotten")
