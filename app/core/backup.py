"""One file with everything the database holds, and a database made again from it.

The keys are not in it: without the root key it is a heap of sealed blobs, and the key of the
contexts is made again from the settings. Nobody's session is in it either: one that was ended
after the backup must not be alive again.
"""

from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from app.core import durable, postgres_tools, roles

WANTED = [*roles.LOGIN_ROLES, "trellis_policy"]
LEFT_OUT = ("trellis_private.context_key", "public.web_session", "public.rate_hit")
NOT_EMPTY = """
    select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'"""
# What waited when the backup was made may have been sent since: the messages will say so.
PERHAPS_DONE = """
    update procrastinate_jobs set attempts = greatest(attempts, 1)
    where status in ('todo', 'doing')"""


class NotRestored(Exception):
    """The database is not one to restore into; the message says what to do."""


def write(url: str, path: Path) -> None:
    """Write the backup, whole or not at all. `url` names a role that row security lets pass.

    Raises:
        ToolFailed: nothing was written.
    """
    left_out = [f"--exclude-table-data={one}" for one in LEFT_OUT]
    options = ("--format=custom", "--no-password", "--lock-wait-timeout=60000", *left_out)
    with durable.replacing(path) as beside:
        postgres_tools.run("pg_dump", url, *options, f"--file={beside}")


def restore(admin_url: str, owner_url: str, path: Path) -> None:
    """Fill the empty database that `owner_url` names, as a superuser; all of it or nothing.

    Raises:
        NotRestored: the database is missing or not empty, or a role is missing.
        ToolFailed: nothing was restored.
    """
    database = conninfo_to_dict(owner_url)["dbname"]
    inside = make_conninfo(admin_url, dbname=database)
    _require_empty(inside)
    try:
        # In steps: columns that the database computes need the rights which the first one gives.
        for section in ("pre-data", "data", "post-data"):
            options = ("--exit-on-error", "--single-transaction", "--no-password")
            postgres_tools.run("pg_restore", inside, *options, f"--section={section}", str(path))
    except postgres_tools.ToolFailed:
        _empty_again(inside)
        raise
    with psycopg.connect(inside) as admin:
        admin.execute(PERHAPS_DONE)
    with psycopg.connect(inside, autocommit=True) as admin:
        admin.execute("analyze")


def _empty_again(url: str) -> None:
    """Take back half a restore; before it there was nothing in here."""
    with psycopg.connect(url) as admin:
        admin.execute("drop schema if exists trellis, trellis_private, public cascade")
        admin.execute("create schema public authorization trellis_owner")


def _require_empty(url: str) -> None:
    try:
        with psycopg.connect(url) as admin:
            rows = admin.execute("select rolname from pg_roles where rolname = any(%s)", [WANTED])
            missing = set(WANTED) - {name for (name,) in rows}
            held = admin.execute(NOT_EMPTY).fetchone()
    except psycopg.OperationalError as error:
        raise NotRestored("The database cannot be reached: `trellis database prepare`") from error
    if missing:
        raise NotRestored(f"There is no role {', '.join(missing)}: `trellis database prepare`")
    if held and held[0]:
        raise NotRestored("The database is not empty: nothing was changed")
