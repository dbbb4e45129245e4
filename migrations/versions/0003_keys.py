"""Keys of sealed records, canaries, blind indexes, and the progress of rotations."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    text = Path(__file__).with_name("0003_keys.sql").read_text(encoding="utf-8")
    op.get_bind().connection.driver_connection.execute(text)


def downgrade() -> None:
    raise NotImplementedError("Keys are not taken away: what they sealed could not be read")
