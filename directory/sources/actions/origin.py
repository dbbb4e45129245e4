"""Giving a field of a listing back to its source."""

from app.core import audit
from app.core.db import session
from app.identity.actor import Actor
from directory.actions.listing import TOPICS
from directory.importing import provenance
from directory.models.change import ListingChange
from directory.models.service import Service
from directory.queries import service as services
from directory.sources import policy
from directory.sources.queries import origin


def give_back(actor: Actor, service: Service, field: str) -> None:
    """Make a field say again what its source says, and follow the source from now on.

    It is in the listing's history like any change, and can be undone there.

    Raises:
        Denied: the actor is not a curator at a council.
        Invalid: the source says nothing of this name.
    """
    policy.KEEP_SOURCES.require(actor)
    before = {slug: topic.of(service) for slug, topic in TOPICS.items()}
    session.flush()
    provenance.give_back(origin.within(), service.id, field)
    session.expire_all()
    service = services.kept(actor, service.id)
    for slug, topic in TOPICS.items():
        after = topic.of(service)
        if after != before[slug]:
            change = ListingChange(
                service_id=service.id,
                topic=slug,
                before=before[slug].stored(),
                after=after.stored(),
                by_user_id=actor.user_id,
                by_name=actor.name,
                agency_id=actor.agency_id,
            )
            session.add(change)
    audit.record(actor, "listing.field_given_back", service, reason=field[:100])
