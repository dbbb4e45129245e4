"""Everything that makes two databases the same: rows, rules, rights, and who owns what."""

import hashlib
from typing import Any

import psycopg
from psycopg import sql

# Left out of a backup on purpose, or counted up by a restore.
NOT_COMPARED = {"trellis_private.context_key", "public.web_session", "public.rate_hit"}
ONLY_COUNTED = {"public.procrastinate_jobs"}
OURS = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'"
TABLES = f"""
    select n.nspname || '.' || c.relname from pg_class c join pg_namespace n
    on n.oid = c.relnamespace where {OURS} and c.relkind in ('r', 'p') order by 1"""
RULES = {
    "policies": "select p::text from pg_policies p",
    "row security": f"""select n.nspname, relname, relrowsecurity, relforcerowsecurity,
        relowner::regrole::text, relkind::text from pg_class c join pg_namespace n
        on n.oid = c.relnamespace where {OURS}""",
    "grants on tables": f"""select c.oid::regclass::text, a::text from pg_class c
        join pg_namespace n on n.oid = c.relnamespace, unnest(c.relacl) a where {OURS}""",
    "grants on columns": f"""select c.oid::regclass::text, attname::text, a::text
        from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n
        on n.oid = c.relnamespace, unnest(attacl) a where {OURS}""",
    "grants on schemas": f"""select nspname::text, a::text from pg_namespace n,
        unnest(nspacl) a where {OURS}""",
    "functions": f"""select pg_get_functiondef(p.oid), proowner::regrole::text, proacl::text
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where {OURS} and prokind = 'f'""",
    "triggers": """select pg_get_triggerdef(oid), tgenabled::text from pg_trigger
        where not tgisinternal""",
    "indexes": "select indexdef from pg_indexes where schemaname !~ '^pg_'",
    "constraints": f"""select c.conrelid::regclass::text, conname::text,
        pg_get_constraintdef(c.oid) from pg_constraint c join pg_namespace n
        on n.oid = c.connamespace where {OURS}""",
    "sequences": "select schemaname::text, sequencename::text, last_value from pg_sequences",
    "canaries": "select kind, key_name, encode(sealed, 'hex') from key_canary",
}
AUDIT = "select size, note from audit_checkpoint order by size desc limit 1"


def of(url: str) -> dict[str, Any]:
    """What each part of the database is, so that two can be compared part by part."""
    with psycopg.connect(url) as superuser:
        found: dict[str, Any] = {
            name: sorted(superuser.execute(query).fetchall()) for name, query in RULES.items()
        }
        found["tables"] = [row[0] for row in superuser.execute(TABLES)]
        for table in found["tables"]:
            if table not in NOT_COMPARED:
                found[f"rows of {table}"] = _rows(superuser, table)
        found["audit root"] = superuser.execute(AUDIT).fetchone()
        return found


def _rows(superuser: psycopg.Connection, table: str) -> tuple[int, str]:
    name = sql.Identifier(*table.split("."))
    query = sql.SQL("select t::text from {} t").format(name)
    rows = sorted(row[0] for row in superuser.execute(query))
    whole = "" if table in ONLY_COUNTED else "\n".join(rows)
    return len(rows), hashlib.sha256(whole.encode()).hexdigest()
