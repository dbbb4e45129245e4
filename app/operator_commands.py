"""What an operator does once: prepare a database server, found agencies, appoint administrators."""

import secrets

import click
import psycopg

from app.core import roles
from app.identity.actions import appointment, founding
from app.identity.models.agency import AgencyKind
from config.database import is_safe
from config.settings import Settings

SETTINGS = (("", "trellis_app"), ("OWNER_", "trellis_owner"), ("BACKUP_", "trellis_backup"))


@click.group()
def database() -> None:
    """Make the roles and the database on a PostgreSQL server."""


@database.command()
@click.option(
    "--admin-url", required=True, help="A superuser's URL, such as postgresql://…/postgres"
)
@click.option("--name", default=roles.DATABASE, show_default=True)
def prepare(admin_url: str, name: str) -> None:
    """Make the roles, with new passwords, and the database; print their settings."""
    passwords = {role: secrets.token_urlsafe(24) for role in roles.LOGIN_ROLES}
    with psycopg.connect(admin_url, autocommit=True) as admin:
        roles.prepare(admin, passwords, name)
        where = f"{admin.info.host}:{admin.info.port}/{name}"
    for setting, role in SETTINGS:
        url = f"postgresql://{role}:{passwords[role]}@{where}"
        if not is_safe(url, {}):
            url += "?sslmode=verify-full"
        click.echo(f"TRELLIS_{setting}DATABASE_URL={url}")


@click.group()
def agency() -> None:
    """Found agencies and appoint their first administrators."""


@agency.command()
@click.argument("name")
@click.option("--kind", type=click.Choice([str(one) for one in AgencyKind]), required=True)
@click.option("--ods-code", help="The practice's code in the NHS Organisation Data Service.")
@click.option("--notice-email", default="", help="Where notices go; they name nobody.")
def add(name: str, kind: str, ods_code: str | None, notice_email: str) -> None:
    """Found the agency NAME, or find it; prints its id."""
    with _owner() as owner:
        click.echo(founding.found_agency(owner, name, AgencyKind(kind), ods_code, notice_email))


@agency.command()
@click.argument("name")
@click.option("--issuer", required=True, help="The OpenID provider's address.")
@click.option("--subject", required=True, help="Who they are at that provider (`sub`).")
@click.option("--person", required=True, help="Their name, for the screens.")
def appoint(name: str, issuer: str, subject: str, person: str) -> None:
    """Make somebody the administrator of the agency NAME, which has none.

    It stands in the audit trail, and the agency and its privacy officers are told.
    """
    with _owner() as owner:
        agency_id = founding.agency_named(owner, name)
        click.echo(appointment.appoint(owner, agency_id, issuer, subject, name=person))


def _owner() -> founding.Owner:
    return psycopg.connect(Settings.load().owner_url())
