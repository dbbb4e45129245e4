"""Changing a listing a topic at a time, undoing a change, and saying that it is still right."""

from typing import Any, Protocol

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Conflict, Denied, NotFound
from app.identity.actor import Actor
from directory import policy
from directory.actions.topics.contact import Contact
from directory.actions.topics.description import Description
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.opening import Opening
from directory.actions.topics.places import Places
from directory.actions.topics.state import State
from directory.actions.topics.times import Times
from directory.actions.topics.topic import Topic
from directory.freshness.actions import life_sign
from directory.models.change import ListingChange
from directory.models.freshness import LifeSign
from directory.models.service import Service
from directory.queries import editor

TOPICS: dict[str, type[Topic]] = {
    topic.slug: topic
    for topic in (Description, Eligibility, Times, Places, Contact, State, Opening)
}


def change(
    actor: Actor,
    service: Service,
    value: Topic,
    undoes: ListingChange | None = None,
    by_name: str = "",
) -> ListingChange | None:
    """Make one topic of a listing say something else; None when it said so already.

    Raises:
        Denied: the actor does not keep this listing, or has to propose it to a curator.
    """
    policy.KEEP.require(actor, service.organisation)
    if not isinstance(value, State) and not editor.publishes(actor, service.organisation):
        raise Denied("What you change waits for the directory's curator to look at it")
    before = type(value).of(service)
    value.put(service)
    after = type(value).of(service)
    if after == before:
        return None
    service.last_modified = clock.now()
    made = ListingChange(
        service_id=service.id,
        topic=value.slug,
        before=before.stored(),
        after=after.stored(),
        by_user_id=actor.user_id,
        by_name=by_name or actor.name,
        agency_id=actor.agency_id,
        undoes_id=undoes.id if undoes else None,
    )
    session.add(made)
    audit.record(actor, "listing.changed", service, reason=value.slug)
    return made


def undo(actor: Actor, service: Service, past: ListingChange) -> ListingChange:
    """Put a topic back to what it said before a change.

    Raises:
        Denied: the actor does not keep this listing, or has to propose it to a curator.
        Conflict: the topic has changed again since, or this change is undone already.
    """
    policy.KEEP.require(actor, service.organisation)
    made = change(actor, service, earlier(service, past), undoes=past)
    if made is None:
        raise Conflict("The listing says this already")
    return made


def earlier(service: Service, past: ListingChange) -> Topic:
    """What a topic said before a change.

    Raises:
        NotFound: it is no change of this listing.
        Conflict: the topic has changed again since.
    """
    if past.service_id != service.id or past.topic not in TOPICS:
        raise NotFound("There is no such change")
    topic = TOPICS[past.topic]
    if topic.of(service) != topic.restored(past.after):
        raise Conflict("This part of the listing has changed since. Undo the later change first.")
    return topic.restored(past.before)


class Differs(Protocol):
    """What a topic said and what it says, or should."""

    topic: Any
    before: Any
    after: Any


def difference(made: Differs) -> list[tuple[str, str, str]]:
    """What a change changed: (about, before, after) in words."""
    topic = TOPICS[made.topic]
    before, after = topic.restored(made.before).said(), topic.restored(made.after).said()
    return [(name, before[name], after[name]) for name in after if before[name] != after[name]]


def confirm(actor: Actor, service: Service, sign: LifeSign = LifeSign.CONFIRMED) -> None:
    """Say that everything on the listing is still correct, and how that was seen.

    Raises:
        Denied: the actor does not keep this listing.
    """
    policy.KEEP.require(actor, service.organisation)
    life_sign.note(actor, service.id, sign)
