"""The `trellis` command: everything an operator does."""

import click

from app.core import installation, secrets
from config.settings import Settings


@click.group()
def main() -> None:
    """Trellis: multi-agency social prescribing referrals."""


@main.command()
def migrate() -> None:
    """Bring the database to this release (as TRELLIS_OWNER_DATABASE_URL)."""
    settings = Settings.load()
    installation.migrate(
        settings.owner_database_url or "", secrets.derive(settings.secret_key, "context")
    )
