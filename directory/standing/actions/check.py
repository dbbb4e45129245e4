"""Recording that a check was seen, and what follows when one has lapsed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from app.core import audit
from app.core.db import session
from app.core.errors import Invalid
from app.identity.actor import Actor
from directory.models.organisation import Organisation
from directory.standing.models.check import CHECK_RULE, CheckKind, QualityCheck, Rule
from directory.standing.policy import RECORD_CHECK


@dataclass(frozen=True)
class Seen:
    """What somebody has seen, and until when it is good."""

    kind: CheckKind
    seen_on: date
    valid_until: date
    note: str = ""


def record(actor: Actor, organisation: Organisation, seen: Seen) -> QualityCheck:
    """Note what was seen; it takes the place of an older one of its kind.

    Raises:
        Denied: the actor is not a curator at a council.
        Invalid: it ended before it was seen.
    """
    RECORD_CHECK.require(actor, organisation)
    if seen.valid_until < seen.seen_on:
        raise Invalid("The day it ends must not be before the day it was seen")
    made = QualityCheck(
        organisation_id=organisation.id,
        kind=seen.kind,
        seen_on=seen.seen_on,
        valid_until=seen.valid_until,
        seen_by=actor.user_id,
        seen_by_name=actor.name,
        note=seen.note,
    )
    session.add(made)
    audit.record(actor, "quality_check.recorded", made, reason=seen.kind)
    return made


def change_rules(actor: Actor, rules: dict[CheckKind, Rule]) -> None:
    """Say what may be sent while a check of each kind has lapsed."""
    RECORD_CHECK.require(actor, None)
    for kind, rule in rules.items():
        session.execute(
            update(CHECK_RULE).where(CHECK_RULE.c.kind == str(kind)).values(rule=str(rule))
        )
    said = ", ".join(f"{kind}: {rule}" for kind, rule in rules.items())
    audit.record(actor, "check_rules.changed", reason=said)
