"""Keep the directory true: evidence, links, proposals, claims, reports, checks, duplicates."""

from pathlib import Path

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    for part in ("freshness", "curation", "standing", "duplicates", "queue"):
        path = Path(__file__).with_name(f"0017_keeping_{part}.sql")
        op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    raise NotImplementedError("What was asked and decided is not taken away; restore a backup")
