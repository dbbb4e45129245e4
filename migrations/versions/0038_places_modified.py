"""A service is modified when a place of it is."""

from pathlib import Path

from alembic import op

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    path = Path(__file__).with_suffix(".sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("drop trigger places_changed on location")
    op.execute("drop function trellis.places_changed()")
    op.execute(
        "create trigger listing_on_update after update on location referencing new table as "
        "changed for each statement execute function trellis.listings_changed()"
    )
