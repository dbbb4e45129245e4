"""`trellis directory …`: load what the directory stands on."""

from collections.abc import Callable
from pathlib import Path

import click
import psycopg

from app.core.errors import Invalid
from config.settings import Settings
from directory.actions import loading

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("directory")
def directory_group() -> None:
    """Load the needs, the disclosure profiles and the postcodes of the directory."""


@directory_group.command("load-needs")
@click.argument("needs", type=FILE, default=loading.NEEDS_FILE)
@click.option("--profiles", type=FILE, default=loading.PROFILES_FILE)
def load_needs(needs: Path, profiles: Path) -> None:
    """Load or renew the NEEDS (code, group, name, profile, synonyms) and disclosure profiles."""
    with _owner() as owner:
        count = _in_plain_words(lambda: loading.load_needs(owner, needs, profiles))
    click.echo(f"{count} needs and groups of needs")


@directory_group.command("load-postcodes")
@click.argument("path", metavar="FILE", type=FILE)
def load_postcodes(path: Path) -> None:
    """Load or renew the postcodes in FILE (postcode, easting, northing, place)."""
    with _owner() as owner:
        count = _in_plain_words(lambda: loading.load_postcodes(owner, path))
    click.echo(f"{count} postcodes")


def _owner() -> psycopg.Connection:
    return psycopg.connect(Settings.load().owner_database_url or "")


def _in_plain_words(load: Callable[[], int]) -> int:
    try:
        return load()
    except (Invalid, KeyError, ValueError) as wrong:
        raise click.ClickException(f"The file cannot be read: {wrong}") from wrong
