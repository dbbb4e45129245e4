"""The `trellis` command: everything an operator does."""

import os
import sys
from pathlib import Path

import click
import psycopg
import sqlalchemy as sa

from app import published_policy
from app import worker as worker_process
from app.audit_commands import audit_group
from app.backup_commands import backup, restore
from app.core import installation, keys
from app.core.errors import TrellisError
from app.core.notary.keeper import NoAuditKey
from app.demonstration import run as demonstration
from app.directory_commands import directory_group
from app.factory import bare_app
from app.identity import assurance
from app.key_commands import keys_group
from app.operator_commands import agency, database
from app.reference_commands import postcodes_group, practices_group
from config import acts
from config.environment import SettingsError
from config.settings import Settings


class _SaysWhatIsMissing(click.Group):
    """Turns what an operator can do something about into its plain words."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except (SettingsError, keys.WrongKey, NoAuditKey) as error:
            raise click.ClickException(str(error)) from error
        except TrellisError as error:
            raise click.ClickException(error.message) from error
        except (psycopg.OperationalError, sa.exc.OperationalError) as error:
            # The driver's own words: SQLAlchemy adds the statement and what was in it.
            words = getattr(error, "orig", error)
            raise click.ClickException(f"The database does not answer: {words}") from None


@click.group(cls=_SaysWhatIsMissing)
def main() -> None:
    """Trellis: multi-agency social prescribing referrals."""


main.add_command(directory_group)
main.add_command(postcodes_group)
main.add_command(practices_group)
main.add_command(keys_group)
main.add_command(audit_group)
main.add_command(agency)
main.add_command(database)
main.add_command(backup)
main.add_command(restore)


@main.command()
@click.option("--port", default=8000, show_default=True, help="Also the three ports after it.")
def run(port: int) -> None:
    """Run the demonstration: database, identity provider, mailbox, worker and web."""
    demonstration.run(_variable_folder(), port)


@main.command()
@click.confirmation_option(prompt="Forget everything the demonstration has stored?")
def reset() -> None:
    """Forget the demonstration's data."""
    demonstration.forget(_variable_folder())


@main.command()
def migrate() -> None:
    """Bring the database to this release (as TRELLIS_OWNER_DATABASE_URL)."""
    installation.prepare(Settings.load())


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", default=2, show_default=True)
def web(port: int, host: str, workers: int) -> None:
    """Serve the web application with gunicorn."""
    installation.require_keys(Settings.load())
    arguments = ["gunicorn", "-c", "python:config.gunicorn", "--bind", f"{host}:{port}"]
    arguments += ["--workers", str(workers), "app.factory:create_app()"]
    os.execv(sys.executable, [sys.executable, "-m", *arguments])  # noqa: S606 - no shell


@main.command()
def worker() -> None:
    """Do the work that waits: notices, reminders, escalations."""
    settings = Settings.load()
    installation.require_keys(settings)
    worker_process.run(settings)


@main.command()
@click.option("--matrix", is_flag=True, help="Every address, method, relation and role, as CSV.")
def policy(matrix: bool) -> None:
    """Print who may do what, in English, for an information-governance officer."""
    if matrix:
        click.echo(published_policy.as_csv(bare_app()), nl=False)
        return
    for name, words in published_policy.permissions():
        click.echo(f"{name:<45} {words}")
    assurance.configure(acts.load(os.environ, []))
    click.echo("\nBesides that, as this installation is set:\n")
    for act in acts.Act:
        click.echo(f"{act:<45} {assurance.words(act)}")
    click.echo("\nWho may do it, by relation to a referral (in some state of it):\n")
    last = ""
    for name, relation, roles in published_policy.relations():
        if name != last:
            click.echo(name)
        click.echo(f"    {relation:<48} {roles}")
        last = name
    click.echo(f"\n{published_policy.NOTES}")
    click.echo("\nWhat every address asks for:\n")
    for methods, address, asked in published_policy.addresses(bare_app()):
        click.echo(f"{methods:<10} {address:<70} {asked}")


def _variable_folder() -> Path:
    return Path(os.environ.get("TRELLIS_VAR", "var")).resolve()


if __name__ == "__main__":
    main()
