"""Deciding on what readers say."""

from app.core import audit
from app.identity.actor import Actor
from directory.curation.models.report import ListingReport
from directory.curation.policy import CURATE
from directory.freshness.actions import life_sign
from directory.models.freshness import LifeSign


def close(actor: Actor, report: ListingReport, words: str, *, phoned: bool) -> None:
    """Note what was done about it; a service that was rung is confirmed.

    Raises:
        Conflict: somebody has dealt with it already.
    """
    CURATE.require(actor, None)
    report.decide(actor, "done")
    report.decided_words = words
    audit.record(actor, "listing_report.done", report)
    if phoned:
        life_sign.note(actor, report.service_id, LifeSign.PHONED)
