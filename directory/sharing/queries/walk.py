"""Walking through everything in the order of ids, with no more than a batch in memory.

Each batch has a transaction of its own: who reads slowly holds no connection meanwhile.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.db import NOBODY, session, transaction
from directory.models.location import Location
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.models.taxonomy import Taxonomy, TaxonomyTerm
from directory.open_referral.queries import service

BATCH = 200
Records = list[dict[str, Any]]
Written = Callable[[Sequence[Any]], Records]


def services(written: Written) -> Iterator[Records]:
    """Every service, whole, as it is written out."""
    return _walk(Service, service.WHOLE, written)


def organisations(written: Written) -> Iterator[Records]:
    """Every organisation."""
    return _walk(Organisation, (), written)


def locations(written: Written) -> Iterator[Records]:
    """Every location."""
    return _walk(Location, (), written)


def taxonomies(written: Written) -> Iterator[Records]:
    """Every taxonomy with its terms."""
    with_terms = selectinload(Taxonomy.terms).joinedload(TaxonomyTerm.taxonomy)
    return _walk(Taxonomy, (with_terms,), written)


def _walk(kind: Any, options: tuple[Any, ...], written: Written) -> Iterator[Records]:
    last = None
    while True:
        with transaction(NOBODY):
            rows = select(kind).options(*options).order_by(kind.id).limit(BATCH)
            found = session.scalars(rows if last is None else rows.where(kind.id > last)).all()
            batch = written(found)
        if not found:
            return
        last = found[-1].id
        yield batch
