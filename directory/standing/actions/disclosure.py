"""Changing what referrals to a kind of service may carry."""

from collections.abc import Collection

from app.core import audit
from app.core.db import session
from app.core.errors import Invalid
from app.identity.actor import Actor
from directory.models.disclosure import DisclosureProfile, Field
from directory.queries.disclosure import LEAST
from directory.standing.policy import SET_DISCLOSURE


def change(actor: Actor, profile: DisclosureProfile, fields: Collection[Field], words: str) -> None:
    """Make it a new version; what was sent before keeps naming the one it went by.

    Raises:
        Denied: the actor is not a curator at a council.
        Invalid: nobody would know why.
    """
    SET_DISCLOSURE.require(actor, profile)
    if not words:
        raise Invalid("Say in plain words what is shared and why")
    chosen = set(fields) | LEAST
    profile.fields = [str(one) for one in Field if one in chosen]
    profile.words, profile.changed_by = words, actor.name
    session.flush()
    session.refresh(profile)
    audit.record(actor, "disclosure_profile.changed", profile, reason=f"version {profile.version}")
