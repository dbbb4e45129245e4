"""When and how somebody proved who they are, so that an act may ask for a young sign-in."""

from pathlib import Path

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    path = Path(__file__).with_suffix(".sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    for name in ("assurance_proof", "acr", "proved_at"):
        op.execute(f"alter table web_session drop column {name}")
