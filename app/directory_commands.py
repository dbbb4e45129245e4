"""`trellis directory …` and `trellis postcodes …`: what an operator fills the directory with."""

import csv
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
import psycopg

from app.core import db, secrets
from app.core.address import sqlalchemy_url
from app.core.errors import Invalid, TrellisError
from config.settings import Settings
from directory.actions import loading
from directory.freshness.actions import bounce
from directory.importing import provenance
from directory.importing.hands import Operator
from directory.importing.plan import RULE
from directory.importing.reading.source import Format, Source
from directory.importing.report import Report
from directory.importing.run import Import

Answer = TypeVar("Answer")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("directory")
def directory_group() -> None:
    """Load the needs, the disclosure profiles and the postcodes of the directory."""


@directory_group.command("load-needs")
@click.argument("needs", type=FILE, default=loading.NEEDS_FILE)
@click.option("--profiles", type=FILE, default=loading.PROFILES_FILE)
def load_needs(needs: Path, profiles: Path) -> None:
    """Load or renew the NEEDS (code, group, name, profile, synonyms) and disclosure profiles."""
    with owner_connection() as owner:
        count = _in_plain_words(lambda: loading.load_needs(owner, needs, profiles))
    click.echo(f"{count} needs and groups of needs")


@directory_group.command("load-postcodes")
@click.argument("path", metavar="FILE", type=FILE)
def load_postcodes(path: Path) -> None:
    """Load or renew the postcodes in FILE (postcode, easting, northing, place)."""
    with owner_connection() as owner:
        count = _in_plain_words(lambda: loading.load_postcodes(owner, path))
    click.echo(f"{count} postcodes")


@directory_group.command("import")
@click.argument("where", metavar="URL|FILE")
@click.option("--name", help="What to call the source; the same name every time. [URL or file]")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--format", "kind", type=click.Choice([str(one) for one in Format]), help="[told by the ending]"
)
@click.option("--columns", type=FILE, help="For CSV: a TOML file with a table [columns].")
@click.option("--report", type=click.Path(path_type=Path), default="import-report.csv")
@click.option("--details/--list-only", default=True, help="Ask a feed for each service whole.")
@click.option("--allow-loopback", is_flag=True, help="Read a feed from this machine, for a test.")
def import_directory(
    *,
    where: str,
    name: str | None,
    dry_run: bool,
    kind: str | None,
    columns: Path | None,
    report: Path,
    details: bool,
    allow_loopback: bool,
) -> None:
    """Fill the directory from an Open Referral UK feed, an HSDS package or a CSV file.

    Safe to run again, and to go on with after it was broken off: what is in already is known.
    Run it from a timer to stay in step with a feed.

    \b
    The file of --columns, for a spreadsheet, is TOML:
        separator = ";"
        [columns]
        id = "Reference"
        name = "Service name"
        organisation = "Provider"
        postcode = "Post code"
    """
    source = Source(where, Format(kind) if kind else None, columns, details, allow_loopback)
    called = (name or (where if "://" in where else Path(where).name))[:200]
    click.echo(RULE)
    with owner_connection() as owner, Report(report) as written:
        run = Import(Operator(owner), called, written, dry_run=dry_run)
        words = click.echo if dry_run else _silent
        try:
            run.run(source.rows(), words, lambda said: click.echo(said, err=True))
        except (TrellisError, OSError, psycopg.Error) as wrong:
            raise click.ClickException(f"The import was broken off: {wrong}") from wrong
        finally:
            _summary(run, written, dry_run=dry_run)


@directory_group.command("provenance")
@click.argument("service_id", type=click.UUID)
def show_provenance(service_id: uuid.UUID) -> None:
    """Say of each field of a listing whether its source says it or it was changed here."""
    click.echo(RULE)
    with owner_connection() as owner:
        for one in in_words(lambda: provenance.of_service(Operator(owner), service_id)):
            click.echo(one.words)


@directory_group.command("give-back")
@click.argument("service_id", type=click.UUID)
@click.argument("field")
def give_back(service_id: uuid.UUID, field: str) -> None:
    """Make FIELD of a listing say what its source says, now and from now on."""
    with owner_connection() as owner:
        was = in_words(lambda: provenance.give_back(Operator(owner), service_id, field))
    click.echo(f"{field} follows {was.source} again")


@directory_group.command("bounced")
@click.argument("address", default="")
def bounced(address: str) -> None:
    """Mail to ADDRESS came back: doubt the listings that publish it.

    Without ADDRESS the delivery report itself (RFC 3464) is read from standard input, so that a
    mail server can hand over what arrives at TRELLIS_BOUNCE_ADDRESS. It counts where it says that
    there is no such address, and brings back the head of a message that we sent there.
    """
    settings = Settings.load()
    key = secrets.derive(settings.secret_key, "context")
    db.configure(sqlalchemy_url(settings.database_url or ""), key)
    gone = [address] if address else bounce.addresses_of(settings, sys.stdin.buffer.read())
    # How many, and no address: this is kept in the mail server's log.
    click.echo(f"{sum(bounce.came_back(one) for one in gone)} listings are in doubt now")


def _summary(run: Import, written: Report, *, dry_run: bool) -> None:
    for about, count in sorted(run.counts.items()):
        click.echo(f"{count:>9,}  {about}")
    for word, count in run.needs.unmatched.most_common(10):
        click.echo(f"{count:>9,}  of “{word}”, which is none of our needs")
    if dry_run:
        click.echo("This was a dry run: nothing was changed")
    if written.rows:
        click.echo(f"{written.rows:,} rows to look at: {written.path}")


def _silent(_words: str) -> None:
    """Say nothing of each row: only a dry run does."""


def owner_connection() -> psycopg.Connection:
    """A connection as the owner of the database."""
    return psycopg.connect(Settings.load().owner_url())


def _in_plain_words(load: Callable[[], int]) -> int:
    try:
        return load()
    except (Invalid, KeyError, ValueError) as wrong:
        raise click.ClickException(f"The file cannot be read: {wrong}") from wrong


def in_words(ask: Callable[[], Answer]) -> Answer:
    """The answer; what is wrong with a file, in its plain words."""
    try:
        return ask()
    except (TrellisError, UnicodeDecodeError, csv.Error) as wrong:
        raise click.ClickException(str(wrong)) from wrong
