"""What an onward referral to a service may carry."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.core.db import session
from directory.models.disclosure import DisclosureProfile, Field
from directory.models.service import Service
from directory.models.taxonomy import SERVICE_TERM, TaxonomyTerm

LEAST = frozenset({Field.NAME, Field.PHONE})
LEAST_WORDS = "A name and a phone number, so that the service can get in touch."


@dataclass(frozen=True)
class Profile:
    """The fields that may cross, in the order of Field; why, in plain words; by which version."""

    fields: tuple[Field, ...]
    words: str
    version: str = "The least that reaches anybody"


def profile_of(service_id: uuid.UUID) -> Profile:
    """The service's own profile; otherwise only what all of its categories let through."""
    own, of_needs = _own(service_id), _of_needs(service_id)
    if own is not None:
        return _profile([own])
    return _profile(of_needs) if of_needs else Profile(_ordered(LEAST), LEAST_WORDS)


def _own(service_id: uuid.UUID) -> DisclosureProfile | None:
    return session.scalar(
        select(DisclosureProfile)
        .join(Service, Service.disclosure_profile_id == DisclosureProfile.id)
        .where(Service.id == service_id)
    )


def _of_needs(service_id: uuid.UUID) -> list[DisclosureProfile]:
    """The default of each of the service's needs: the need's own, or its group's."""
    group = aliased(TaxonomyTerm)
    default = TaxonomyTerm.disclosure_profile_id, group.disclosure_profile_id
    return list(
        session.scalars(
            select(DisclosureProfile)
            .select_from(SERVICE_TERM)
            .join(TaxonomyTerm, TaxonomyTerm.id == SERVICE_TERM.c.term_id)
            .outerjoin(group, group.id == TaxonomyTerm.parent_id)
            .join(DisclosureProfile, DisclosureProfile.id == func.coalesce(*default))
            .where(SERVICE_TERM.c.service_id == service_id)
            .distinct()
            .order_by(DisclosureProfile.code)
        )
    )


def _profile(found: list[DisclosureProfile]) -> Profile:
    shared = frozenset.intersection(*(frozenset(map(Field, one.fields)) for one in found))
    # Without a way to get in touch an onward referral would be a dead letter.
    version = " and ".join(f"{one.name}, version {one.version}" for one in found)
    return Profile(_ordered(shared | LEAST), " ".join(one.words for one in found), version)


def _ordered(fields: frozenset[Field]) -> tuple[Field, ...]:
    return tuple(one for one in Field if one in fields)
