"""`trellis postcodes …` and `trellis practices …`: facts that others publish, from their files."""

from pathlib import Path

import click

from app.directory_commands import FILE, in_words, owner_connection
from directory.importing import postcodes, practices


@click.group("postcodes")
def postcodes_group() -> None:
    """Load where postcodes are."""


@postcodes_group.command("load")
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--names", type=FILE, help="The directory's table of local authorities' names.")
def load_directory_of_postcodes(path: Path, names: Path | None) -> None:
    """Load or renew the ONS Postcode Directory (ONSPD, one CSV file)."""
    with owner_connection() as owner:
        counts = in_words(
            lambda: postcodes.load(owner, path, names, lambda said: click.echo(said, err=True))
        )
    for about, count in counts.items():
        click.echo(f"{count:,} {about}")
    for line in postcodes.ATTRIBUTION:
        click.echo(line)


@click.group("practices")
def practices_group() -> None:
    """Load the GP practices that a referral may name."""


@practices_group.command("load")
@click.argument("path", metavar="FILE", type=FILE)
def load_practices(path: Path) -> None:
    """Load or renew the GP practices of NHS ODS (epraccur, one CSV file)."""
    with owner_connection() as owner:
        counts = in_words(lambda: practices.load(owner, path))
    for about, count in sorted(counts.items()):
        click.echo(f"{count:,} {about}")
    for line in practices.ATTRIBUTION:
        click.echo(line)
