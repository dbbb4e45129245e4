"""Claiming an organisation: asked for, checked against what is published, decided."""

import re

from app.core import audit
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.identity.actor import Actor
from directory.actions import organisation as organisations
from directory.curation import notices
from directory.curation.models.claim import ListingClaim
from directory.curation.policy import CLAIM, CURATE
from directory.curation.queries import waiting
from directory.freshness.actions import mailing
from directory.models.organisation import Organisation

EMAIL, NUMBER = "e-mail", "charity number"
DISOWNED = (
    "Whoever reads mail at the published address says that this agency does not speak for them. "
    "Say no; they can ask again"
)
ANOTHER_SPEAKS = (
    "Another agency has shown that it speaks for this organisation. Ring the council if that is "
    "wrong"
)


def ask(actor: Actor, organisation: Organisation, how: str, number: str = "") -> ListingClaim:
    """Say that the organisation is the actor's agency, and how that can be checked.

    Raises:
        Denied: the actor is no coordinator.
        Conflict: it is kept by an agency already, or this agency has asked before.
        Invalid: nothing to check it against, or not the number that is published.
    """
    CLAIM.require(actor, organisation)
    _open_to(actor, organisation)
    if how == EMAIL and not organisation.email:
        raise Invalid("No e-mail address is published for this organisation")
    published = _digits(organisation.charity_number or "")
    if how == NUMBER and (not published or _digits(number) != published):
        raise Invalid("That is not the charity number published for this organisation")
    claim = ListingClaim(
        organisation_id=organisation.id,
        agency_id=actor.agency_id,
        agency_name=actor.agency_name,
        user_id=actor.user_id,
        by_name=actor.name,
        how=how,
    )
    session.add(claim)
    audit.record(actor, "organisation.claimed", claim, reason=how)
    if how == EMAIL:
        mailing.ask_about_claim(organisation, claim.id)
    return claim


def approve(
    actor: Actor,
    organisation: Organisation,
    claim: ListingClaim,
    *,
    live_at_once: bool,
    seen: str = "",
) -> None:
    """Let the agency keep the organisation's listings, its changes live at once or looked at.

    `seen` says what the curator has seen that proves it. Other agencies' claims end with it.

    Raises:
        Conflict: nothing has proved the claim yet, the organisation disowned it, another agency
            keeps the listings, or it was decided.
    """
    CURATE.require(actor, organisation)
    if claim.disowned_at:
        raise Conflict(DISOWNED)
    if claim.checked_at is None and not seen.strip():
        raise Conflict("Nothing has proved this claim yet. Say what you have seen, or wait")
    organisations.link(actor, organisation, claim.agency_id)
    claim.decide(actor, "approved")
    claim.proof = seen
    organisation.checks_editors = not live_at_once
    audit.record(actor, "claim.approved", claim)
    notices.claim_decided(claim.organisation_id, claim.user_id, claim.agency_id)
    for rival in waiting.rivals(claim):
        refuse(actor, rival, ANOTHER_SPEAKS)


def refuse(actor: Actor, claim: ListingClaim, words: str) -> None:
    """Say no, and why."""
    CURATE.require(actor, None)
    claim.decide(actor, "refused")
    claim.decided_words = words
    audit.record(actor, "claim.refused", claim)
    notices.claim_decided(claim.organisation_id, claim.user_id, claim.agency_id)


def look_at_changes(actor: Actor, organisation: Organisation, *, first: bool) -> None:
    """Whether changes of editors who are not verified wait for a curator."""
    CURATE.require(actor, organisation)
    organisation.checks_editors = first
    audit.record(actor, "organisation.changes_wait" if first else "organisation.changes_live")


def _open_to(actor: Actor, organisation: Organisation) -> None:
    if organisation.agency_id:
        raise Conflict("An agency keeps these listings already. Ask the council if that is wrong")
    before = waiting.claim_of(actor, organisation)
    if before and before.waits:
        raise Conflict("Your agency has asked already, and waits for the council to decide")


def _digits(number: str) -> str:
    return re.sub(r"\W", "", number).upper()
