"""`trellis audit …`: export the audit trail, and check an export anywhere."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import click
import psycopg
import sqlalchemy as sa

from app.core.address import sqlalchemy_url
from app.core.keys.first_use import maintenance
from app.core.ledger import witnessed
from app.core.ledger.export_file import NotAnExport, lines
from app.core.ledger.note import Verifier
from app.core.ledger.proving import NotProved, Prover
from app.core.ledger.verification import Verification
from app.core.notary import export as exporting
from app.core.notary import keeper, standing
from config.settings import Settings

EXPORT = click.argument("export", type=click.Path(exists=True, dir_okay=False, path_type=Path))
FINDINGS = sa.text(
    "select reference, subject_kind, subject_id, problem from integrity_finding"
    " where settled_at is null order by found_at"
)
KEYS = click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What `trellis audit keys` printed and you kept apart. None: the export's own keys.",
)


@click.group("audit")
def audit_group() -> None:
    """Export the audit trail, verify it, prove an entry."""


@audit_group.command("keys")
def public_keys() -> None:
    """Print the public keys of the checkpoints: keep them where auditors can find them."""
    for one in keeper.signers(Settings.load()):
        click.echo(one.verifier)


@audit_group.command()
def check() -> None:
    """Say how the trail stands, here and now; 1 when somebody has to look into something."""
    url = sqlalchemy_url(Settings.load().owner_url())
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with maintenance(engine) as connection:
        now = standing.look(connection)
        findings = connection.execute(FINDINGS).all()
    click.echo(f"Sealed: {now.sealed.size or 0} entries, last at {_when(now.sealed.sealed_at)}")
    for one in now.witnesses:
        click.echo(f"Witness {one.name}: told of {one.size}, last at {_when(one.told_at)}")
    click.echo(
        f"Records: {now.check.checked} checked, last to the end at {_when(now.check.finished_at)};"
        f" of {now.check.unaudited} nothing was ever audited"
    )
    for one in findings:
        click.echo(f"  {one.reference}: {one.subject_kind} {one.subject_id}: {one.problem}")
    for trouble in now.troubles():
        click.echo(trouble)
    if now.troubles():
        raise SystemExit(1)
    click.echo("Good")


def _when(instant: datetime | None) -> str:
    return f"{instant:%d %B %Y %H:%M} UTC" if instant else "never"


@audit_group.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write the whole trail with its tree to FILE (or FILE.gz), as TRELLIS_OWNER_DATABASE_URL."""
    settings = Settings.load()
    with psycopg.connect(settings.owner_url()) as owner:
        size = exporting.write(owner, file, keeper.origin(settings))
    click.echo(f"{size} sealed entries are in {file}")


@audit_group.command()
@EXPORT
@KEYS
@click.option(
    "--witness",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What a witness outside has kept: without it, an end that was cut off is not noticed.",
)
def verify(export: Path, keys: Path | None, witness: Path | None) -> None:
    """Check an EXPORT, without a database; 1 when something is wrong, with what it is."""
    verifiers = _verifiers(export, keys)
    told, problems = witnessed.read(witness, verifiers) if witness else ([], [])
    checking = Verification(verifiers, told, problems)
    try:
        good = checking.run(export)
    except NotAnExport as error:
        raise click.ClickException(str(error)) from error
    for problem in checking.problems:
        click.echo(problem)
    if not good:
        raise click.ClickException(f"Things wrong with this trail: {len(checking.problems)}")
    newest = checking.newest.words if checking.newest else "no checkpoint yet"
    click.echo(f"Good: {checking.entries} entries are as they were sealed, up to {newest}.")
    if told:
        click.echo(f"The witness agrees, up to {told[-1].words}.")
    else:
        click.echo("No witness was asked: an end that was cut off would not be noticed.")


@audit_group.command()
@EXPORT
@KEYS
@click.option("--entry", type=int, help="Prove that this entry is in the tree.")
@click.option("--from", "old", type=int, help="Prove that the checkpoint of so many entries …")
@click.option("--to", "new", type=int, help="… became that of so many.")
def prove(
    export: Path, keys: Path | None, entry: int | None, old: int | None, new: int | None
) -> None:
    """Print a proof from an EXPORT, without a database (give --entry, or --from and --to)."""
    if (entry is None) == (old is None or new is None):
        raise click.UsageError("Give either --entry, or --from and --to")
    try:
        prover = Prover(export, _verifiers(export, keys))
        if entry is not None:
            click.echo(prover.inclusion(entry))
        elif old is not None and new is not None:
            click.echo(prover.consistency(old, new), nl=False)
    except (NotAnExport, NotProved) as error:
        raise click.ClickException(str(error)) from error


def _verifiers(export: Path, keys: Path | None) -> Sequence[Verifier]:
    try:
        texts = keys.read_text().split() if keys else list(_own_keys(export))
        return [Verifier.parse(one) for one in texts]
    except (ValueError, NotAnExport) as error:
        raise click.ClickException(str(error)) from error


def _own_keys(export: Path) -> Iterable[str]:
    click.echo("The keys are the export's own: give --keys to know whose they are.", err=True)
    many = (one["signers"] for one in lines(export) if "checkpoint" in one)
    return dict.fromkeys(key for keys in many for key in keys)
