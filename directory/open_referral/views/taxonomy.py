"""Taxonomies and their terms."""

import uuid

from flask import Response

from app.core.db import NOBODY, transaction
from directory.open_referral.blueprint import bp
from directory.open_referral.queries import taxonomy as queries
from directory.open_referral.queries.page import changed_at
from directory.open_referral.schemas.asked import AskedPage
from directory.open_referral.schemas.taxonomy import (
    TaxonomyListedSchema,
    TaxonomySchema,
    TaxonomyTermSchema,
)
from directory.open_referral.views.answer import answer, page
from directory.open_referral.views.asking import asked, slice_of


@bp.get("/taxonomies")
def taxonomies() -> Response:
    """A page of taxonomies."""
    said = asked(AskedPage)
    with transaction(NOBODY):
        return page(queries.page(slice_of(said)), TaxonomyListedSchema)


@bp.get("/taxonomies/<uuid:taxonomy_id>")
def taxonomy(taxonomy_id: uuid.UUID) -> Response:
    """One taxonomy with all of its terms."""
    with transaction(NOBODY):
        found = queries.get(taxonomy_id)
        return answer(TaxonomySchema().dump(found), changed_at())


@bp.get("/taxonomy_terms")
def taxonomy_terms() -> Response:
    """A page of terms."""
    said = asked(AskedPage)
    with transaction(NOBODY):
        return page(queries.terms(slice_of(said)), TaxonomyTermSchema)


@bp.get("/taxonomy_terms/<uuid:term_id>")
def taxonomy_term(term_id: uuid.UUID) -> Response:
    """One term."""
    with transaction(NOBODY):
        found = queries.term(term_id)
        return answer(TaxonomyTermSchema().dump(found), changed_at())
