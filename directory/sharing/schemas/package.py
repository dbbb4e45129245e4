"""datapackage.json: what is in the package, as Frictionless Data describes tables."""

from datetime import datetime
from typing import Any

from marshmallow import fields

from directory.open_referral.schemas.document import LICENCE
from directory.sharing.schemas.tables import TABLES, Table

KINDS: dict[type[fields.Field[Any]], str] = {
    fields.Integer: "integer",
    fields.Float: "number",
    fields.AwareDateTime: "datetime",
    fields.Date: "date",
    fields.Time: "time",
}
ABOUT = (
    "Services, where and when they happen, and the needs they help with. A cell that a "
    "spreadsheet would work out as a formula begins with an apostrophe, which is not part of it."
)


def described(name: str, home: str, at: datetime | None) -> dict[str, Any]:
    """The description of a package made now, of a directory that last changed `at`."""
    return {
        "name": "human_services_data",
        "title": f"Directory of services: {name}",
        "description": ABOUT,
        "profile": "tabular-data-package",
        "version": "3.0.0",
        "homepage": home,
        "licenses": [{"name": "OGL-UK-3.0", "title": LICENCE["name"], "path": LICENCE["url"]}],
        **({"created": at.isoformat()} if at else {}),
        "resources": [_resource(one) for one in TABLES.values()],
    }


def _resource(table: Table) -> dict[str, Any]:
    names = {one.name for one in TABLES.values()}
    keys = [
        {"fields": column, "reference": {"resource": other, "fields": "id"}}
        for column in table.columns
        if column.endswith("_id") and (other := column.removesuffix("_id")) in names
    ]
    return {
        "name": table.name,
        "path": table.path,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(table, column) for column in table.columns],
            "primaryKey": "id",
            "foreignKeys": keys,
        },
    }


def _field(table: Table, column: str) -> dict[str, Any]:
    found = table.schema().fields.get(column)
    kind = next((word for one, word in KINDS.items() if isinstance(found, one)), "string")
    said = found.metadata.get("description") if found else None
    return {"name": column, "type": kind, **({"description": said} if said else {})}
