"""Reading and writing a batch: a handful of statements, however many rows."""

import uuid
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime

from psycopg.types.json import Jsonb

from directory.importing import tables
from directory.importing.entry import Fields, Wanted
from directory.importing.hands import Hand
from directory.importing.plan import Known, Step

Key = tuple[str, str]

RECORDS = """
    select r.kind, r.external_id, r.local_id, r.digest
    from unnest(%s::text[], %s::text[]) one(kind, external_id)
    join source_record r using (kind, external_id) where r.source_id = %s"""
SAID = """
    select r.kind, r.external_id, r.said
    from unnest(%s::text[], %s::text[]) one(kind, external_id)
    join source_record r using (kind, external_id) where r.source_id = %s"""
REMEMBER = """
    insert into source_record (source_id, kind, external_id, local_id, digest, said, changed_at)
    select %s, kind, external_id, local_id, digest, said, now()
    from rows from (
        jsonb_to_recordset(%s) as (kind text, external_id text, local_id uuid, digest text),
        jsonb_array_elements(%s::jsonb)
    ) as one(kind, external_id, local_id, digest, said)
    on conflict (source_id, kind, external_id) do update
    set digest = excluded.digest, said = excluded.said, changed_at = now()"""
TOUCHED = """
    select trellis.refresh_listings(array(
        select unnest(%(service)s::uuid[])
        union select id from service where organisation_id = any (%(organisation)s)
        union select service_id from service_at_location where location_id = any (%(location)s)))"""
LEFT = "select trellis.source_left(%s, %s)"
SPOTS = """
    select one.code, coalesce(p.easting, o.easting), coalesce(p.northing, o.northing)
    from unnest(%s::text[], %s::text[]) one(code, outward)
    left join postcode p on p.code = one.code
    left join outward_code o on o.outward = one.outward
    where coalesce(p.easting, o.easting) is not null"""


class Store:
    """One source's part of the directory, in somebody's name."""

    def __init__(self, hand: Hand, source_id: uuid.UUID) -> None:
        self.hand, self.source_id = hand, source_id

    def known(self, wanted: Iterable[Wanted]) -> dict[Key, Known]:
        """Which of these this source said before."""
        keys = {one.key for one in wanted}
        kinds, ids = [one[0] for one in keys], [one[1] for one in keys]
        rows = self.hand.connection.execute(RECORDS, [kinds, ids, self.source_id])
        return {(row[0], row[1]): Known(row[2], row[3]) for row in rows}

    def said(self, keys: Collection[Key]) -> dict[Key, Fields]:
        """What this source last said of these, field by field."""
        kinds, ids = [one[0] for one in keys], [one[1] for one in keys]
        rows = self.hand.connection.execute(SAID, [kinds, ids, self.source_id]) if keys else ()
        return {(row[0], row[1]): row[2] for row in rows}

    def current(self, kind: str, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Fields]:
        """What is said here now, kept still until the end of the transaction."""
        rows = self.hand.connection.execute(tables.CURRENT[kind], [list(ids)]) if ids else ()
        return {row[0]: _in_utc(row[1]) for row in rows}

    def spots(self, postcodes: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Where these postcodes are, as far as they are known."""
        halves = {one: one.split(" ")[0] for one in set(postcodes) if one}
        codes = [one.replace(" ", "") for one in halves]
        rows = self.hand.connection.execute(SPOTS, [codes, list(halves.values())]) if halves else ()
        found = {row[0]: (row[1], row[2]) for row in rows}
        return {one: found[code] for one in halves if (code := one.replace(" ", "")) in found}

    def write(
        self,
        steps: list[Step],
        terms: dict[str, str],
        assurer: str,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        """Add and change these, remember what the source said, and let searches find it.

        `meanwhile` is called when all is said and the database is still at it.
        """
        # The next statement is made ready while the database is at the last one.
        with self.hand.connection.pipeline():
            self._write_rows(steps, assurer)
            for name in tables.LISTS:
                self._write_list(name, [one for one in steps if name in one.changes], terms)
            self._remember(steps)
            if self.hand.refreshes:
                self._refresh([one for one in steps if one.changes])
            meanwhile()

    def left(self, missing: list[str]) -> None:
        """Doubt the services that the source has lost; believe again those that came back."""
        with self.hand.batch():
            self.hand.connection.execute(LEFT, [self.source_id, missing])

    def _write_rows(self, steps: list[Step], assurer: str) -> None:
        for kind in ("organisation", "location", "service"):
            mine = [one for one in steps if one.wanted.kind == kind and one.changes]
            for new, statement in ((True, tables.insert(kind)), (False, tables.update(kind))):
                rows = [_row(one, assurer) for one in mine if one.is_new is new]
                if rows:
                    self.hand.connection.execute(statement, [Jsonb(rows)])

    def _refresh(self, changed: list[Step]) -> None:
        # What is new has no listing that tells of it yet, but for the services themselves.
        ids = {
            kind: [
                one.local_id
                for one in changed
                if one.wanted.kind == kind and not (one.is_new and kind != "service")
            ]
            for kind in tables.COLUMNS
        }
        self.hand.connection.execute(TOUCHED, ids)

    def _write_list(self, name: str, steps: list[Step], terms: dict[str, str]) -> None:
        forget, insert = tables.LISTS[name]
        old = [one.local_id for one in steps if not one.is_new]
        if old:
            self.hand.connection.execute(forget, [old])
        rows = [
            {"service_id": str(one.local_id), "position": position, **_item(name, item, terms)}
            for one in steps
            for position, item in enumerate(one.changes[name])
        ]
        if rows:
            self.hand.connection.execute(insert, [Jsonb(rows)])

    def _remember(self, steps: list[Step]) -> None:
        rows = [
            {
                "kind": one.wanted.kind,
                "external_id": one.wanted.external_id,
                "local_id": str(one.local_id),
                "digest": one.wanted.digest,
            }
            for one in steps
        ]
        said = f"[{','.join(one.wanted.written for one in steps)}]"
        self.hand.connection.execute(REMEMBER, [self.source_id, Jsonb(rows), said])


def _row(step: Step, assurer: str) -> Fields:
    """The whole row as it shall be: what is said here, with the changes over it."""
    row = {**step.current, **step.changes, "id": str(step.local_id)}
    if step.wanted.kind == "location" and step.is_new:
        row["organisation_id"] = step.wanted.organisation_id
    if step.wanted.kind == "service":
        row["assurer"] = assurer if step.changes.get("assured_at") else row.get("assurer", "")
    return row


def _item(name: str, item: Fields | str, terms: dict[str, str]) -> Fields:
    if isinstance(item, dict):
        return item
    return {"term_id": terms[item]} if name == "needs" else {"location_id": item}


def _in_utc(row: Fields) -> Fields:
    """Moments as we write them ourselves, whatever the session's time zone."""
    assured = row.get("assured_at")
    if assured:
        row["assured_at"] = datetime.fromisoformat(assured).astimezone(UTC).isoformat()
    return row
