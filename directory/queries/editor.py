"""Whether somebody's changes are published at once."""

from sqlalchemy import select

from app.core.db import session
from app.identity.actor import Actor
from directory import policy
from directory.models.editor import VERIFIED_EDITOR
from directory.models.organisation import Organisation


def publishes(actor: Actor, organisation: Organisation) -> bool:
    """A curator, an editor a curator has verified, or any where editors are not looked after."""
    if not organisation.checks_editors or policy.curator.test(actor, organisation):
        return True
    row = VERIFIED_EDITOR.c
    mine = (row.organisation_id == organisation.id) & (row.user_id == actor.user_id)
    return session.scalar(select(row.user_id).where(mine)) is not None
