"""Which fields of which table a source may say, and the statements that read and write them.

Rows travel as JSON, a batch in one statement; column names come from here, never from a feed.
"""

from typing import LiteralString

TABLES: dict[str, LiteralString] = {
    "organisation": "organisation",
    "location": "location",
    "service": "service",
}
COLUMNS: dict[str, tuple[LiteralString, ...]] = {
    "organisation": (
        "name",
        "description",
        "email",
        "phone",
        "url",
        "charity_number",
        "company_number",
    ),
    "location": (
        "name",
        "address",
        "town",
        "postcode",
        "easting",
        "northing",
        "travel",
        "access",
    ),
    "service": (
        "organisation_id",
        "name",
        "description",
        "status",
        "alert",
        "eligibility",
        "minimum_age",
        "maximum_age",
        "fees",
        "access_modes",
        "languages",
        "contact_name",
        "phone",
        "email",
        "url",
        "assured_at",
        "assurer",
    ),
}
# Set when a row is made, never afterwards.
SETTLED: dict[str, tuple[LiteralString, ...]] = {
    "organisation": ("id",),
    "location": ("id", "organisation_id"),
    "service": ("id",),
}
STAMPS: dict[str, tuple[LiteralString, LiteralString]] = {
    "organisation": (", created_at, last_modified, version", ", now(), now(), 1"),
    "location": (", created_at", ", now()"),
    "service": (", created_at, last_modified, version", ", now(), now(), 1"),
}
TOUCH: dict[str, LiteralString] = {
    "organisation": ", last_modified = now(), version = t.version + 1",
    "location": "",
    "service": ", last_modified = now(), version = t.version + 1",
}
ROWS: dict[str, LiteralString] = {
    "organisation": "jsonb_populate_recordset(null::organisation, %s)",
    "location": "jsonb_populate_recordset(null::location, %s)",
    "service": "jsonb_populate_recordset(null::service, %s)",
}
# The lists that a service has: whose rows are written anew when the list says something else.
LISTS: dict[str, tuple[LiteralString, LiteralString]] = {
    "times": (
        "delete from schedule where service_id = any (%s)",
        """insert into schedule (id, created_at, service_id, freq, interval, byday, opens_at,
            closes_at, note, position)
        select gen_random_uuid(), now(), service_id, freq, interval, byday, opens_at, closes_at,
            note, position from jsonb_populate_recordset(null::schedule, %s)""",
    ),
    "areas": (
        "delete from service_area where service_id = any (%s)",
        """insert into service_area (id, created_at, service_id, name, outwards)
        select gen_random_uuid(), now(), service_id, name, outwards
        from jsonb_populate_recordset(null::service_area, %s)""",
    ),
    "places": (
        "delete from service_at_location where service_id = any (%s)",
        """insert into service_at_location (id, created_at, service_id, location_id, position)
        select gen_random_uuid(), now(), service_id, location_id, position
        from jsonb_populate_recordset(null::service_at_location, %s)""",
    ),
    "needs": (
        "delete from service_term where service_id = any (%s)",
        """insert into service_term (service_id, term_id) select service_id, term_id
        from jsonb_populate_recordset(null::service_term, %s)""",
    ),
}
CURRENT: dict[str, LiteralString] = {
    "organisation": "select id, to_jsonb(o) from organisation o where id = any (%s) for update",
    "location": "select id, to_jsonb(l) - 'spot' from location l where id = any (%s) for update",
    "service": """
        select id, to_jsonb(s) || jsonb_build_object(
            'times', (select coalesce(jsonb_agg(jsonb_build_object('freq', freq, 'interval',
                interval, 'byday', byday, 'opens_at', opens_at, 'closes_at', closes_at,
                'note', note) order by position), '[]') from schedule where service_id = s.id),
            'areas', (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'outwards',
                outwards)), '[]') from service_area where service_id = s.id),
            'needs', (select coalesce(jsonb_agg(n.code), '[]') from service_term t
                join taxonomy_term n on n.id = t.term_id where t.service_id = s.id),
            'places', (select coalesce(jsonb_agg(location_id order by position), '[]')
                from service_at_location where service_id = s.id))
        from service s where id = any (%s) for update of s""",
}


def insert(kind: str) -> LiteralString:
    """The statement that adds a batch of one kind."""
    columns = ", ".join((*SETTLED[kind], *COLUMNS[kind]))
    names, values = STAMPS[kind]
    # Every part is one of the constants above.
    return (
        f"insert into {TABLES[kind]} ({columns}{names}) "  # noqa: S608  # nosec B608
        f"select {columns}{values} from {ROWS[kind]}"
    )


def update(kind: str) -> LiteralString:
    """The statement that changes a batch of one kind."""
    sets = ", ".join(f"{name} = r.{name}" for name in COLUMNS[kind])
    return (
        f"update {TABLES[kind]} t set {sets}{TOUCH[kind]} "  # noqa: S608  # nosec B608
        f"from {ROWS[kind]} r where t.id = r.id"
    )
