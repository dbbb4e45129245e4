"""A feed that is read by itself is evidence as one that an operator loads."""

from pathlib import Path

from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    path = Path(__file__).with_suffix(".sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    # A council's feed would only be told apart less well: nothing to take back.
    pass
