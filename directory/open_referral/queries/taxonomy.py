"""Taxonomies and their terms."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.core.db import session
from app.core.errors import NotFound
from directory.models.taxonomy import Taxonomy, TaxonomyTerm
from directory.open_referral.queries.page import Page, Slice, counted

WITH_TERMS = selectinload(Taxonomy.terms).joinedload(TaxonomyTerm.taxonomy)
TERMS = select(TaxonomyTerm).options(joinedload(TaxonomyTerm.taxonomy))


def page(which: Slice) -> Page[Taxonomy]:
    """One page of taxonomies."""
    rows = select(Taxonomy).order_by(Taxonomy.id)
    total, moment = counted(rows)
    return Page(session.scalars(which.of(rows)).all(), which, total, moment)


def get(taxonomy_id: uuid.UUID) -> Taxonomy:
    """One taxonomy with its terms in their order. Raises NotFound."""
    found = session.get(Taxonomy, taxonomy_id, options=[WITH_TERMS])
    if found is None:
        raise NotFound("There is no taxonomy with this id")
    return found


def terms(which: Slice) -> Page[TaxonomyTerm]:
    """One page of terms, each taxonomy's in its own order."""
    order = TaxonomyTerm.taxonomy_id, TaxonomyTerm.position, TaxonomyTerm.id
    total, moment = counted(select(TaxonomyTerm.id))
    rows = which.of(TERMS.order_by(*order))
    return Page(session.scalars(rows).all(), which, total, moment)


def term(term_id: uuid.UUID) -> TaxonomyTerm:
    """One term. Raises NotFound."""
    found = session.scalar(TERMS.where(TaxonomyTerm.id == term_id))
    if found is None:
        raise NotFound("There is no taxonomy term with this id")
    return found
