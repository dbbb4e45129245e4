"""The nightly check of sealed records against the digests that were audited."""

from pathlib import Path

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    op.get_bind().connection.driver_connection.execute(text)


def downgrade() -> None:
    raise NotImplementedError("What was found is not forgotten")
