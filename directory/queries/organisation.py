"""Organisations, by id and by the agency that they are."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

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


def by_name(after: str = "", limit: int = PAGE) -> Sequence[Organisation]:
    """A page of all organisations in the order of their names."""
    return session.scalars(
        select(Organisation)
        .where(Organisation.name > after)
        .order_by(Organisation.name, Organisation.id)
        .limit(limit)
    ).all()
