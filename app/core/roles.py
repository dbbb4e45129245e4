"""The database roles: who owns, who judges, who serves, who counts, who makes backups.

Run once by a database administrator; migrations need no superuser afterwards.
"""

import psycopg
from psycopg import sql

DATABASE = "trellis"
LOGIN_ROLES = ("trellis_owner", "trellis_app", "trellis_report", "trellis_backup")

# A request that hangs must not hold a connection: these bind the web and worker roles only.
LIMITS = {
    "statement_timeout": "5s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "10s",
}


def prepare(admin: psycopg.Connection, passwords: dict[str, str], database: str = DATABASE) -> None:
    """Create the roles (with these passwords, by role name) and the database.

    `admin` is an autocommit connection of a superuser. Safe to run again.
    """
    for role in LOGIN_ROLES:
        _ensure_role(admin, role, sql.SQL("login noinherit password {}").format(passwords[role]))
    _ensure_role(admin, "trellis_policy", sql.SQL("nologin"))
    # Reads every row, and every one of them sealed; it can change nothing.
    admin.execute("alter role trellis_backup inherit bypassrls")
    admin.execute("grant pg_read_all_data to trellis_backup")
    # Not inherited (`noinherit` above; PostgreSQL 15 has no way to say it here): the owner must
    # say `set role` before it sees a person-bearing row.
    admin.execute("grant trellis_policy to trellis_owner")
    for setting, value in LIMITS.items():
        admin.execute(
            sql.SQL("alter role trellis_app set {} = {}").format(sql.Identifier(setting), value)
        )
    _ensure_database(admin, database)
    _own_public_schema(admin, database)


def _ensure_role(admin: psycopg.Connection, role: str, options: sql.Composable) -> None:
    known = admin.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
    verb = sql.SQL("alter" if known else "create")
    admin.execute(sql.SQL("{} role {} {}").format(verb, sql.Identifier(role), options))


def _ensure_database(admin: psycopg.Connection, database: str) -> None:
    name = sql.Identifier(database)
    known = admin.execute("select 1 from pg_database where datname = %s", [database]).fetchone()
    if not known:
        admin.execute(sql.SQL("create database {} owner trellis_owner").format(name))
    admin.execute(sql.SQL("revoke all on database {} from public").format(name))
    admin.execute(
        sql.SQL(
            "grant connect on database {} to trellis_app, trellis_report, trellis_backup"
        ).format(name)
    )


def _own_public_schema(admin: psycopg.Connection, database: str) -> None:
    # PostgreSQL 15 gives it to whoever owns the database, but not to an owner with `noinherit`.
    password = admin.info.password or None
    with psycopg.connect(admin.info.dsn, dbname=database, password=password) as inside:
        inside.execute("alter schema public owner to trellis_owner")
