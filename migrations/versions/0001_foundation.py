"""Who is asking: the signed context, agencies and users, sessions, audit, idempotency."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    for part in ("context", "identity", "audit"):
        path = Path(__file__).with_name(f"0001_{part}.sql")
        op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("The foundation is not taken away; restore a backup instead")
