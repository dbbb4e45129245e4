"""Tell privacy officers that a record was opened in an emergency. A notice names nobody."""

import uuid
from collections.abc import Iterable

from app.identity.queries import user as users
from referrals.record.notices import Notice, tell_agency, tell_user


def glass_broken(agency_ids: Iterable[uuid.UUID | None], about: str) -> None:
    """Tell the privacy officers of these agencies; an agency without one hears it itself."""
    for agency_id in {one for one in agency_ids if one}:
        officers = users.officers(agency_id)
        for user_id in officers:
            tell_user(user_id, Notice.GLASS_BROKEN, about)
        if not officers:
            tell_agency(agency_id, Notice.GLASS_BROKEN)
