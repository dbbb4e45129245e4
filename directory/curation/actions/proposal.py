"""Changing a listing at once, or proposing it to a curator, by who it is that writes."""

import enum

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Conflict
from app.identity.actor import Actor
from directory import policy
from directory.actions import listing
from directory.actions import service as adding
from directory.actions.topics.description import Description
from directory.actions.topics.opening import Opening
from directory.actions.topics.state import State
from directory.actions.topics.topic import Topic
from directory.curation import notices
from directory.curation.models.decision import WAITING
from directory.curation.models.proposal import ProposedChange
from directory.curation.policy import CURATE
from directory.freshness.actions import life_sign
from directory.models.change import ListingChange
from directory.models.editor import VERIFIED_EDITOR
from directory.models.freshness import LifeSign
from directory.models.organisation import Organisation
from directory.models.service import Service
from directory.queries import editor

CHANGED = (
    "This listing has changed since you opened this page. What it says now is shown beside what "
    "was proposed: look again, then decide"
)


class Newer(Conflict):
    """The listing says something newer than whoever decides has seen."""


class Said(enum.Enum):
    """What became of what somebody wrote."""

    SAVED = "saved"
    WAITING = "waits for the directory's curator to look at it"
    PUT_BACK = "put back as it was"
    SAME = "nothing has changed"


def say(actor: Actor, service: Service, value: Topic) -> Said:
    """Publish it when the actor is trusted (whether there is room always is), or let it wait.

    Raises:
        Denied: the actor does not keep this listing.
    """
    policy.KEEP.require(actor, service.organisation)
    if isinstance(value, State) or editor.publishes(actor, service.organisation):
        return Said.SAVED if listing.change(actor, service, value) else Said.SAME
    before = type(value).of(service)
    if value == before:
        return Said.SAME
    for older in _own_waiting(actor, service, value):
        older.decide(actor, "taken back")
    proposed = ProposedChange(
        service_id=service.id,
        topic=value.slug,
        before=before.stored(),
        after=value.stored(),
        by_user_id=actor.user_id,
        by_name=actor.name,
        agency_id=actor.agency_id,
    )
    session.add(proposed)
    audit.record(actor, "listing.change_proposed", proposed, reason=value.slug)
    return Said.WAITING


def put_back(actor: Actor, service: Service, past: ListingChange) -> Said:
    """Undo a change at once, or propose what the listing said before to a curator.

    Raises:
        Denied: the actor does not keep this listing.
        Conflict: the topic has changed again since, or this change is undone already.
    """
    policy.KEEP.require(actor, service.organisation)
    value = listing.earlier(service, past)
    if isinstance(value, State) or editor.publishes(actor, service.organisation):
        listing.undo(actor, service, past)
        return Said.PUT_BACK
    return say(actor, service, value)


def offer(actor: Actor, organisation: Organisation, description: Description) -> Service:
    """Add a service; unless the actor is trusted, a curator is asked to open it.

    Raises:
        Denied: the actor does not keep this organisation's listings.
    """
    policy.KEEP.require(actor, organisation)
    service = adding.add(actor, organisation, description)
    session.flush()
    say(actor, service, Opening())
    return service


def take_back(actor: Actor, service: Service, proposed: ProposedChange) -> None:
    """Think better of it. Raises Conflict when it is another's or was decided."""
    policy.KEEP.require(actor, service.organisation)
    if proposed.by_user_id != actor.user_id:
        raise Conflict("Only who proposed this can take it back")
    proposed.decide(actor, "taken back")
    audit.record(actor, "listing.change_taken_back", proposed)


def approve(
    actor: Actor, service: Service, proposed: ProposedChange, version: int, *, trust: bool = False
) -> None:
    """Publish a proposed change to the listing as it was at `version`, when the actor saw it.

    With `trust` its editor's later changes are live at once.

    Raises:
        Newer: the listing has changed since.
        Conflict: somebody has decided on it already.
    """
    CURATE.require(actor, service.organisation)
    if service.version != version:
        raise Newer(CHANGED)
    proposed.decide(actor, "approved")
    value = listing.TOPICS[proposed.topic].restored(proposed.after)
    by_name = f"{proposed.by_name}; {actor.name} looked at it"
    made = listing.change(actor, service, value, by_name=by_name)
    if made:
        session.flush()
        proposed.change_id = made.id
        if isinstance(value, Opening) and service.assured_at is None:
            life_sign.note(actor, service.id, LifeSign.CONFIRMED)
    if trust and proposed.by_user_id:
        _verify(actor, service, proposed)
    audit.record(actor, "listing.change_approved", proposed)
    notices.change_decided(service.id, proposed.by_user_id, proposed.agency_id)


def refuse(actor: Actor, proposed: ProposedChange, words: str) -> None:
    """Leave the listing as it is, and say why."""
    CURATE.require(actor, None)
    proposed.decide(actor, "refused")
    proposed.decided_words = words
    audit.record(actor, "listing.change_refused", proposed)
    notices.change_decided(proposed.service_id, proposed.by_user_id, proposed.agency_id)


def _verify(actor: Actor, service: Service, proposed: ProposedChange) -> None:
    row = {
        "organisation_id": service.organisation_id,
        "user_id": proposed.by_user_id,
        "verified_at": clock.now(),
        "verified_by": actor.user_id,
    }
    session.execute(insert(VERIFIED_EDITOR).values(row).on_conflict_do_nothing())
    audit.record(actor, "editor.verified", service.organisation)


def _own_waiting(actor: Actor, service: Service, value: Topic) -> list[ProposedChange]:
    return list(
        session.scalars(
            select(ProposedChange).where(
                ProposedChange.service_id == service.id,
                ProposedChange.topic == value.slug,
                ProposedChange.by_user_id == actor.user_id,
                ProposedChange.state == WAITING,
            )
        )
    )
