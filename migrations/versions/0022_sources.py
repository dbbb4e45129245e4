"""Sources that are read by themselves: where, how often, in whose name, and what came of it."""

from pathlib import Path

from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    path = Path(__file__).with_suffix(".sql")
    op.get_bind().connection.driver_connection.execute(path.read_text(encoding="utf-8"))


def downgrade() -> None:
    op.execute("drop table source_remark")
    op.execute("alter table source_import drop column dry_run, drop column failure")
    for table in ("directory_source", "source_record", "source_import"):
        op.execute(f"alter table {table} no force row level security, disable row level security")
        for policy in (
            "everyone_reads",
            "curator_adds",
            "curator_changes",
            "everything",
            "curator_reads",
            "report_reads",
        ):
            op.execute(f"drop policy if exists {policy} on {table}")
    op.execute(
        "alter table directory_source drop column address, drop column every_hours, "
        "drop column agency_id, drop column next_at, drop column version"
    )
