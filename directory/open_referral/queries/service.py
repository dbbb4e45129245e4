"""The services that are published: all of them, whatever their status.

A service that has closed stays, with its status, so that who keeps a copy learns of it.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, cast, func, select
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.core.db import session
from app.core.errors import NotFound
from directory.models.listing import LISTING
from directory.models.location import ServiceAtLocation
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.models.taxonomy import TaxonomyTerm
from directory.open_referral.queries.page import Page, Slice, counted
from directory.open_referral.queries.wanted import Wanted

# Up to so many that are found stand in the order of how well they match.
WEIGHED = 2_000
LISTED: tuple[ORMOption, ...] = (joinedload(Service.organisation),)
NESTED: tuple[ORMOption, ...] = (
    *LISTED,
    selectinload(Service.terms).joinedload(TaxonomyTerm.taxonomy),
    selectinload(Service.schedules),
    selectinload(Service.areas),
)
WHOLE: tuple[ORMOption, ...] = (
    *NESTED,
    selectinload(Service.places).joinedload(ServiceAtLocation.location),
)
CHANGED = func.greatest(
    Service.last_modified, Service.assured_at, Organisation.last_modified
).label("last_modified")


def page(wanted: Wanted, which: Slice, *, full: bool = False) -> Page[Service]:
    """One page of services: by how well the words match, otherwise in the order of their ids."""
    rows = _matching(wanted)
    total, moment = counted(rows)
    ids = session.scalars(which.of(_in_order(rows, wanted, total))).all()
    found = loaded(ids, WHOLE if full else LISTED)
    return Page([found[one] for one in ids], which, total, moment)


def minimal(wanted: Wanted, which: Slice) -> Page[Row[Any]]:
    """One page of (id, last_modified), for who keeps a copy up to date."""
    rows = _matching(wanted)
    total, moment = counted(rows)
    ids = which.of(rows.order_by(rows.selected_columns.id)).subquery()
    described = (
        select(Service.id, CHANGED)
        .join(ids, ids.c.id == Service.id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .order_by(Service.id)
    )
    return Page(session.execute(described).all(), which, total, moment)


def get(service_id: uuid.UUID) -> Service:
    """One service with everything that belongs to it. Raises NotFound."""
    found = loaded([service_id], WHOLE)
    if service_id not in found:
        raise NotFound("There is no service with this id")
    return found[service_id]


def loaded(ids: Sequence[uuid.UUID], options: tuple[ORMOption, ...]) -> dict[uuid.UUID, Service]:
    """These services by id, with what the options name."""
    rows = session.scalars(select(Service).options(*options).where(Service.id.in_(ids)))
    return {one.id: one for one in rows}


def _matching(wanted: Wanted) -> Select[Any]:
    of_service, searched = wanted.of_service(), wanted.of_listing()
    if not searched:
        return select(Service.id).where(*of_service)
    rows = select(LISTING.c.service_id.label("id")).where(*searched)
    if of_service:
        rows = rows.join(Service, Service.id == LISTING.c.service_id).where(*of_service)
    return rows


def _in_order(rows: Select[Any], wanted: Wanted, total: int) -> Select[Any]:
    """Weighing takes long, and whoever asks for thousands asks for all of them."""
    if not wanted.query or total > WEIGHED:
        return rows.order_by(rows.selected_columns.id)
    rank = func.ts_rank_cd(LISTING.c.words, cast(wanted.query, TSQUERY), 32)
    return rows.order_by(rank.desc(), LISTING.c.service_id)
