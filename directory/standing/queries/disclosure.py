"""What an onward referral to a service may carry today, its organisation's checks considered."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.core.db import session
from app.core.errors import NotFound
from directory.models.disclosure import PROFILE_VERSION, DisclosureProfile
from directory.models.taxonomy import TaxonomyTerm
from directory.queries import disclosure
from directory.queries.disclosure import LEAST, Profile
from directory.standing.models.check import Rule
from directory.standing.queries.check import standings


def profile_of(service_id: uuid.UUID) -> Profile:
    """The service's profile; only the least of it while a check that asks for it has lapsed."""
    whole = disclosure.profile_of(service_id)
    standing = standings([service_id])[service_id]
    if standing.rule is not Rule.LEAST:
        return whole
    fields = tuple(one for one in whole.fields if one in LEAST)
    version = f"{whole.version} (the least of it)"
    return replace(whole, fields=fields, words=standing.cautions, version=version)


def profiles() -> Sequence[DisclosureProfile]:
    """Every profile, by name."""
    return session.scalars(select(DisclosureProfile).order_by(DisclosureProfile.name)).all()


def get(profile_id: uuid.UUID) -> DisclosureProfile:
    """One of them, or NotFound. Everybody may read it."""
    found = session.get(DisclosureProfile, profile_id)
    if found is None:
        raise NotFound("There is no such profile")
    return found


def needs_with(profile: DisclosureProfile) -> list[str]:
    """The kinds of need whose services go by this profile."""
    term = TaxonomyTerm
    wanted = select(term.name).where(term.disclosure_profile_id == profile.id)
    return list(session.scalars(wanted.order_by(term.position)))


def versions(profile: DisclosureProfile) -> Sequence[Any]:
    """What the profile said in each version, the newest first."""
    row = PROFILE_VERSION
    return session.execute(
        select(row).where(row.c.profile_id == profile.id).order_by(row.c.version.desc())
    ).all()
