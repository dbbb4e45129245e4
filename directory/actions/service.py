"""Adding a service to the directory: everybody finds it at once, or when a curator has looked."""

from app.core import audit, clock
from app.core.db import session
from app.identity.actor import Actor
from directory import policy
from directory.actions.topics.description import Description
from directory.actions.topics.topic import Topic
from directory.models.organisation import Organisation
from directory.models.service import Service, ServiceStatus
from directory.queries import editor


def add(
    actor: Actor, organisation: Organisation, description: Description, *topics: Topic
) -> Service:
    """List a new service of an organisation; it counts as confirmed today.

    Of an editor who is new to this it is kept where no search finds it, and counts as nothing yet.

    Raises:
        Denied: the actor does not keep this organisation's listings.
    """
    policy.KEEP.require(actor, organisation)
    listed = editor.publishes(actor, organisation)
    service = Service(
        organisation_id=organisation.id,
        organisation=organisation,
        assured_at=clock.now() if listed else None,
        assurer=actor.name if listed else "",
        terms=[],
        schedules=[],
        areas=[],
        places=[],
    )
    for topic in (description, *topics):
        topic.put(service)
    if not listed:
        service.status = ServiceStatus.INACTIVE
    session.add(service)
    audit.record(actor, "service.added", service)
    return service
