"""The stored digests: written for a person, searched among the rows the caller may see."""

import uuid
from collections.abc import Callable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from app.core.blind_index.digests import (
    NAME_AND_BIRTH,
    NHS_NUMBER,
    Terms,
    digests,
    name_and_birth,
    nhs_number,
)
from app.core.blind_index.folding import folded
from app.core.db import session
from app.core.keys.ring import ring
from app.core.keys.tables import PERSON_INDEX, Executor

# Built once: putting it together takes as long as running it.
FOUND = (
    sa.select(PERSON_INDEX.c.person_id)
    .distinct()
    .where(
        PERSON_INDEX.c.kind == sa.bindparam("kind"),
        PERSON_INDEX.c.digest == sa.any_(sa.bindparam("digests", type_=sa.ARRAY(sa.LargeBinary))),
    )
)


def write(
    person_id: uuid.UUID,
    *,
    nhs_number: str = "",
    family_name: str = "",
    date_of_birth: date | None = None,
) -> None:
    """Let the person be found by these and nothing else."""
    put(session, person_id, Terms(nhs_number, family_name, date_of_birth))


def put(executor: Executor, person_id: uuid.UUID, terms: Terms) -> None:
    """Replace the person's digests by those of `terms` under the newest index key."""
    name, key = ring().index.newest()
    executor.execute(sa.delete(PERSON_INDEX).where(PERSON_INDEX.c.person_id == person_id))
    rows = [
        {"person_id": person_id, "kind": kind, "digest": digest, "key_name": name}
        for kind, digest in digests(terms, key)
    ]
    if rows:
        executor.execute(insert(PERSON_INDEX).values(rows).on_conflict_do_nothing())


def people_with_nhs_number(number: str) -> list[uuid.UUID]:
    """The people of that NHS number whom the caller may see."""
    return _people(NHS_NUMBER, lambda key: nhs_number(number, key)) if number.strip() else []


def people_with_name_and_birth(family_name: str, date_of_birth: date) -> list[uuid.UUID]:
    """The people of that surname and date of birth whom the caller may see."""
    if not folded(family_name):
        return []
    return _people(NAME_AND_BIRTH, lambda key: name_and_birth(family_name, date_of_birth, key))


def every_digest(terms: Terms) -> tuple[str, list[bytes]]:
    """What a definer function looks for: one kind, the NHS number first, and its digests."""
    found = [pair for key in keys_in_use() for pair in digests(terms, key)]
    kind = found[0][0] if found else NHS_NUMBER
    return kind, [digest for its_kind, digest in found if its_kind == kind]


def keys_in_use() -> list[bytes]:
    """The index keys: more than one only while they are being rotated."""
    return list(ring().index.all().values())


def _people(kind: str, digest: Callable[[bytes], bytes]) -> list[uuid.UUID]:
    wanted = [digest(key) for key in keys_in_use()]
    return list(session.scalars(FOUND, {"kind": kind, "digests": wanted}))
