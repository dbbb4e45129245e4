"""A damaged record is never written over: by no form, no action, no assignment.

Every page with a form about a referral is opened while all is well; then every sealed blob of
the person is damaged, and the form is sent with each of its words changed.
"""

import re
from dataclasses import dataclass, fields, is_dataclass
from urllib.parse import urlsplit

import html5lib
import psycopg
import pytest

from app.core.db import session, transaction
from app.core.errors import DamagedRecord
from app.core.sealing import SealedGroup, registry
from app.identity.actor import Role
from tests.attacks.matrix.table import TABLE
from tests.attacks.matrix.who import HOLDER, PRACTICE, Who
from tests.house import plan

GP = Who(PRACTICE, Role.REFERRER)
WHOSE = {"referral": HOLDER, "draft": GP, "sent": GP}
REFUSED, READ_AND_REFUSED = 423, 8


@dataclass
class Blobs:
    """Every sealed blob of one person, as a superuser sees and changes it."""

    superuser: psycopg.Connection
    person_id: object

    def all(self):
        found = {}
        for one in registry.all_columns():
            if one.owner.__module__.startswith("referrals."):
                rows = self.superuser.execute(
                    f"select id, {one.column} from {one.table}"
                    f" where {one.persons_column} = %s and {one.column} is not null",
                    [self.person_id],
                )
                found |= {(one.table, one.column, row[0]): bytes(row[1]) for row in rows}
        return found

    def put(self, blobs):
        for (table, column, row_id), blob in blobs.items():
            self.superuser.execute(
                f"update {table} set {column} = %s where id = %s", [blob, row_id]
            )


def damaged(blob: bytes) -> bytes:
    return blob[:-1] + bytes([blob[-1] ^ 1])


@pytest.fixture(scope="module")
def superuser(database):
    with psycopg.connect(database.url("postgres"), autocommit=True) as connection:
        # The rows only: no trigger is to notice the intruder.
        connection.execute("set session_replication_role = replica")
        yield connection


def blobs_of(superuser, ids) -> Blobs:
    row = superuser.execute(
        "select person_id from referral where id = %s", [ids["referral_id"]]
    ).fetchone()
    return Blobs(superuser, row[0])


def forms_of(page: str):
    """The answers that each form of a page would send, and where to."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    for form in tree.iter("form"):
        if form.get("method", "").lower() != "post":
            continue
        said = {}
        for one in form.iter():
            name, kind = one.get("name"), one.get("type", "text")
            if not name:
                continue
            if one.tag == "textarea":
                said[name] = f"{''.join(one.itertext())} changed"
            elif one.tag == "select":
                options = [o.get("value") for o in one.iter("option") if o.get("value")]
                said[name] = options[-1] if options else ""
            elif kind in ("radio", "checkbox"):
                said.setdefault(name, one.get("value", "y"))
            elif one.tag == "input":
                said[name] = one.get("value", "") or ("changed" if kind == "text" else "")
        yield form.get("action") or "", said


def test_no_form_writes_over_it(tries, records, superuser):
    refused, wrong = 0, []
    for endpoint, route in TABLE.items():
        if route.record not in WHOSE or "GET" not in tries.methods(endpoint):
            continue
        ids = records.live(route.record)
        blobs, client = blobs_of(superuser, ids), tries.cast.client(WHOSE[route.record])
        address = next(
            (address for method, address in tries.each(endpoint, ids) if method == "GET"), ""
        )
        page = client.get(address)
        before = blobs.all()
        if page.status_code != 200:
            continue
        for where, answers in list(forms_of(page.text)):
            target = where or address
            if re.search("/(sign-out|account)", target):
                continue
            bad = {place: damaged(blob) for place, blob in before.items()}
            blobs.put(bad)
            answer = client.post(
                urlsplit(target)._replace(scheme="", netloc="").geturl(), data=answers
            )
            now = blobs.all()
            blobs.put(before)
            refused += answer.status_code == REFUSED
            over = [place[:2] for place, blob in bad.items() if now.get(place) != blob]
            if over or answer.status_code >= 500:
                wrong.append((endpoint, target, answer.status_code, over))
    assert wrong == []
    assert refused >= READ_AND_REFUSED, "the forms were to come as far as the record"


def test_no_assignment_writes_over_it(stage, records, superuser):
    ids = records.live("referral")
    blobs = blobs_of(superuser, ids)
    before = blobs.all()
    bad = {place: damaged(blob) for place, blob in before.items()}
    groups = {(one.table, one.column): one for one in registry.all_columns()}
    assert len({place[:2] for place in before}) >= 9
    blobs.put(bad)
    try:
        for table, column, row_id in before:
            one = groups[table, column]
            with transaction(stage.worker):
                row = session.get_one(one.owner, row_id)
                with pytest.raises(DamagedRecord):
                    setattr(row, attribute(one), blank(one.kind))
        assert blobs.all() == bad
    finally:
        blobs.put(before)


def attribute(column) -> str:
    """What the program calls a sealed column."""
    groups = {n: v for n, v in vars(column.owner).items() if isinstance(v, SealedGroup)}
    return next(name for name, group in groups.items() if group.column == column.column)


def blank(kind):
    """A value of the group, whatever it holds."""
    assert is_dataclass(kind)
    return kind(*("" for one in fields(kind)))


def test_no_code_writes_a_sealed_column_but_sealing_itself():
    # An assignment, a `values(…)`, or SQL of our own.
    writes = re.compile(r"\.\w+_sealed\s*=[^=]|\b\w+_sealed=|set\s+\w+_sealed\b")
    guilty = [
        dotted
        for dotted, path in plan.modules()
        if writes.search(path.read_text())
        and not dotted.startswith(("app.core.sealing", "app.core.rotation"))
    ]
    assert guilty == []
