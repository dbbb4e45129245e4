"""The list of records that are due, in one pass."""

from pathlib import Path

from alembic import op

revision = "0031"
down_revision = "0026"


def upgrade() -> None:
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    # What is replaced belongs to the policy role, and stays its own.
    script = f"set local role trellis_policy;\n{text}\nreset role;"
    op.get_bind().connection.driver_connection.execute(script)


def downgrade() -> None:
    raise NotImplementedError("What was erased does not come back")
