"""The taxonomy of needs, as a form shows it: groups, and the terms in them."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from app.core.db import session
from directory.models.taxonomy import NEEDS, Taxonomy, TaxonomyTerm


@dataclass(frozen=True)
class Term:
    """One need, by id and by the code that files and settings use."""

    id: uuid.UUID
    code: str
    name: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Needs that belong together, under an everyday heading."""

    id: uuid.UUID
    code: str
    name: str
    terms: tuple[Term, ...]


# Built once, of columns: every form of every search shows all of them.
ALL = (
    select(
        TaxonomyTerm.id,
        TaxonomyTerm.parent_id,
        TaxonomyTerm.code,
        TaxonomyTerm.name,
        TaxonomyTerm.synonyms,
    )
    .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
    .where(Taxonomy.name == NEEDS)
    .order_by(TaxonomyTerm.position)
)


def groups() -> list[Group]:
    """All needs in their groups and their order, in one query."""
    heads = []
    under: defaultdict[uuid.UUID, list[Term]] = defaultdict(list)
    for row in session.execute(ALL):
        if row.parent_id is None:
            heads.append(row)
        else:
            under[row.parent_id].append(Term(row.id, row.code, row.name, tuple(row.synonyms)))
    return [Group(one.id, one.code, one.name, tuple(under[one.id])) for one in heads]


def with_ids(term_ids: Collection[uuid.UUID]) -> Sequence[TaxonomyTerm]:
    """The stored needs with these ids, in their order."""
    return _terms(TaxonomyTerm.id.in_(list(term_ids)))


def with_codes(codes: Collection[str]) -> Sequence[TaxonomyTerm]:
    """The stored needs with these codes, in their order."""
    return _terms(TaxonomyTerm.code.in_(list(codes)))


def _terms(which: ColumnElement[bool]) -> Sequence[TaxonomyTerm]:
    return session.scalars(
        select(TaxonomyTerm)
        .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
        .where(which, Taxonomy.name == NEEDS)
        .order_by(TaxonomyTerm.position)
    ).all()


def names(term_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of these terms by id; unknown ids are left out."""
    wanted = select(TaxonomyTerm.id, TaxonomyTerm.name).where(TaxonomyTerm.id.in_(list(term_ids)))
    return {row.id: row.name for row in session.execute(wanted)}
