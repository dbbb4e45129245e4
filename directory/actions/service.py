"""Adding a service to the directory."""

from app.core import audit, clock
from app.core.db import session
from app.identity.actor import Actor
from directory import policy
from directory.actions.topics.description import Description
from directory.actions.topics.topic import Topic
from directory.models.organisation import Organisation
from directory.models.service import Service


def add(
    actor: Actor, organisation: Organisation, description: Description, *topics: Topic
) -> Service:
    """List a new service of an organisation; it counts as confirmed today.

    Raises:
        Denied: the actor does not keep this organisation's listings.
    """
    policy.KEEP.require(actor, organisation)
    service = Service(
        organisation_id=organisation.id,
        organisation=organisation,
        assured_at=clock.now(),
        assurer=actor.name,
        terms=[],
        schedules=[],
        areas=[],
        places=[],
    )
    for topic in (description, *topics):
        topic.put(service)
    session.add(service)
    audit.record(actor, "service.added", service)
    return service
