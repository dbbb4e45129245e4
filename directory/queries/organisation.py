"""Organisations, by id and by the agency that they are."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select, tuple_

from app.core.db import session
from app.core.errors import NotFound
from app.identity.actor import Actor
from directory import policy
from directory.models.organisation import Organisation

PAGE = 50


def get(organisation_id: uuid.UUID) -> Organisation:
    """Return the organisation, or raise NotFound. Everybody may read it."""
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound("There is no such organisation")
    return found


def kept(actor: Actor, organisation_id: uuid.UUID) -> Organisation:
    """Return an organisation that the actor keeps; NotFound when it is absent or another's."""
    found = session.scalar(
        select(Organisation).where(Organisation.id == organisation_id, policy.kept_by(actor))
    )
    if found is None:
        raise NotFound("There is no such organisation")
    return found


def of_agency(agency_id: uuid.UUID) -> Sequence[Organisation]:
    """The organisations that this agency is, by name; nearly always one."""
    return session.scalars(
        select(Organisation).where(Organisation.agency_id == agency_id).order_by(Organisation.name)
    ).all()


def by_name(after: uuid.UUID | None = None, limit: int = PAGE) -> Sequence[Organisation]:
    """A page of all organisations in the order of their names, the one after this organisation."""
    place = Organisation.name, Organisation.id
    rows = select(Organisation).order_by(*place).limit(limit)
    if after:
        # Many have the same name: the id says which of them was the last.
        last = select(*place).where(Organisation.id == after)
        rows = rows.where(tuple_(*place) > last.scalar_subquery())
    return session.scalars(rows).all()
