"""Refuse to serve from a database whose second wall is not standing."""

from typing import Any, Protocol

import sqlalchemy as sa

PERSON_BEARING = """
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p')
        and (c.relname = 'person' or exists (select 1 from pg_attribute a
            where a.attrelid = c.oid and a.attname = 'person_id' and not a.attisdropped))"""
BARE = f"{PERSON_BEARING} and not (c.relrowsecurity and c.relforcerowsecurity) order by 1"
# What it is, and what it might become with `set role`.
WHO = """
    select r.rolsuper, r.rolbypassrls, exists (select 1 from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relowner = r.oid) as owns,
        array(select other.rolname::text from pg_roles other
            where other.oid <> r.oid and pg_has_role(r.oid, other.oid, 'member')
                and (other.rolsuper or other.rolbypassrls or other.rolname = 'trellis_policy'
                    or exists (select 1 from pg_class c join pg_namespace n
                        on n.oid = c.relnamespace
                        where n.nspname = 'public' and c.relowner = other.oid))
            order by 1) as others
    from pg_roles r where r.rolname = current_user"""


class Runs(Protocol):
    """A connection or a session."""

    def execute(self, statement: Any, /) -> Any:
        """Run one statement."""


class WallIsDown(Exception):
    """The database would let this process see what it must not; the message says how."""


def check(connection: Runs) -> None:
    """Refuse a role that row-level security does not bind, and a table it does not cover.

    Raises:
        WallIsDown: names the role's power, or the tables.
    """
    role = connection.execute(sa.text(WHO)).one()
    powers = {
        "is a superuser": role.rolsuper,
        "bypasses row-level security": role.rolbypassrls,
        "owns tables": role.owns,
        f"is a member of {', '.join(role.others)}": role.others,
    }
    held = [words for words, has in powers.items() if has]
    if held:
        raise WallIsDown(f"TRELLIS_DATABASE_URL names a role that {' and '.join(held)}")
    bare = [row.relname for row in connection.execute(sa.text(BARE))]
    if bare:
        raise WallIsDown(f"Row-level security is not forced on: {', '.join(bare)}")
