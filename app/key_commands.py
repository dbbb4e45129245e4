"""`trellis keys …`: make, check and rotate the keys of the sealed records."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from app.core import keys
from app.core.address import sqlalchemy_url
from app.core.keys import key_file
from app.core.keys.first_use import maintenance
from app.core.rotation import renewal, rotate_branch, rotate_index, rotate_people, rotate_root
from app.core.rotation.progress import alone
from config.settings import Settings

KINDS: dict[str, Callable[..., Any]] = {
    "root": rotate_root,
    "branch": rotate_branch,
    "person": rotate_people,
    "index": rotate_index,
}
IN_FILES = ("root", "index")


@click.group("keys")
def keys_group() -> None:
    """Make, check and rotate the keys of the sealed records."""


@keys_group.command()
@click.option("--root-file", envvar="TRELLIS_ROOT_KEY_FILE", type=click.Path(path_type=Path))
@click.option("--index-file", envvar="TRELLIS_INDEX_KEY_FILE", type=click.Path(path_type=Path))
@click.option("--audit-file", envvar="TRELLIS_AUDIT_KEY_FILE", type=click.Path(path_type=Path))
def create(root_file: Path | None, index_file: Path | None, audit_file: Path | None) -> None:
    """Make the key files that are missing, and the first keys of a new database."""
    for path in (root_file, index_file, audit_file):
        if path is not None and key_file.create(path):
            click.echo(f"Made {path}: keep a copy apart from the database's backups")
    with _owner() as engine:
        made = keys.first_use(engine)
    click.echo("The database has its first keys" if made else "The database has its keys already")


@keys_group.command()
def check() -> None:
    """Say whether the keys are those of this database."""
    with _owner() as engine, maintenance(engine) as connection:
        keys.check_canary(connection)
    click.echo("The root key and the index key are those of this database")


@keys_group.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
def rotate(kind: str) -> None:
    """Replace keys of one KIND while everybody goes on working; run again to go on."""
    with _owner() as engine:
        renewing = {"renew": True} if kind in IN_FILES else {}
        left = KINDS[kind](engine, click.echo, **renewing)
    if left:
        people = "\n".join(f"  {one}" for one in sorted(map(str, left)))
        raise click.ClickException(f"These people's records or keys did not open:\n{people}")


@keys_group.command()
@click.argument("kind", type=click.Choice(IN_FILES))
def forget(kind: str) -> None:
    """Remove the older keys of one KIND from their file, once nothing needs them."""
    with _owner() as engine, alone(engine), maintenance(engine) as connection:
        count = renewal.forget(connection, kind)
    click.echo(f"{kind}: {count} older keys removed; destroy every other copy of them")


@contextlib.contextmanager
def _owner() -> Iterator[sa.Engine]:
    """The database as its owner, with the keys of the settings."""
    settings = Settings.load()
    keys.configure(settings)
    url = sqlalchemy_url(settings.owner_url())
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        yield engine
    finally:
        engine.dispose()
