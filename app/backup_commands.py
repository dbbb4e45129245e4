"""`trellis backup FILE` and `trellis restore FILE`."""

import time
from pathlib import Path

import click

from app.core import backup as backups
from app.core import installation
from app.core.postgres_tools import ToolFailed
from config.settings import Settings

FILE = click.Path(dir_okay=False, path_type=Path)
RESTORED = """The database is restored and at this release; its keys open it ({seconds:.0f} s).
Everybody has to sign in again. Messages that waited when the backup was made are sent now, and
say that they may be a repeat. What was erased since has to be erased again."""


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Write everything the database holds to FILE (as TRELLIS_BACKUP_DATABASE_URL).

    The keys are not in it: keep copies of them elsewhere.
    """
    url = Settings.load().backup_database_url
    if not url:
        raise click.ClickException("TRELLIS_BACKUP_DATABASE_URL is not set")
    began = time.monotonic()
    try:
        backups.write(url, file)
    except (ToolFailed, OSError) as error:
        raise click.ClickException(str(error)) from error
    megabytes = file.stat().st_size / 1_000_000
    click.echo(f"Wrote {file}: {megabytes:.1f} MB in {time.monotonic() - began:.0f} s")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--admin-url", required=True, help="A superuser's URL, such as postgresql://…/postgres"
)
def restore(file: Path, admin_url: str) -> None:
    """Make the empty database of TRELLIS_OWNER_DATABASE_URL again from FILE.

    On a new server run `trellis database prepare` first.
    """
    settings = Settings.load()
    owner_url, began = settings.owner_url(), time.monotonic()
    try:
        backups.restore(admin_url, owner_url, file)
    except (ToolFailed, backups.NotRestored) as error:
        raise click.ClickException(str(error)) from error
    installation.prepare(settings)
    installation.require_keys(settings)
    click.echo(RESTORED.format(seconds=time.monotonic() - began))
