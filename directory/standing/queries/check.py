"""The checks of organisations: the newest of each kind, and which have lapsed."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from app.core import clock
from app.core.db import session
from app.ui.words import and_list, short_date
from directory.models.service import Service
from directory.standing.models.check import CHECK_RULE, CheckKind, QualityCheck, Rule

SAID = {
    Rule.NOTHING: "so nothing is sent until a new one has been seen. You can signpost",
    Rule.LEAST: "so only a name and a telephone number are sent",
    Rule.WARN: "so ask before the first visit",
}


@dataclass(frozen=True)
class Lapsed:
    """One check that has run out, and what follows."""

    kind: CheckKind
    since: date
    rule: Rule

    @property
    def words(self) -> str:
        """What whoever refers on reads."""
        verb = "have run out" if self.kind is CheckKind.DBS else "has run out"
        ran_out = f"{verb} (on {short_date(self.since)})"
        return f"The organisation's {self.kind} {ran_out}, {SAID[self.rule]}."


@dataclass(frozen=True)
class Standing:
    """What has lapsed at the organisation of a service, and what nobody has ever seen."""

    lapsed: tuple[Lapsed, ...] = ()
    unseen: tuple[CheckKind, ...] = ()

    @property
    def rule(self) -> Rule | None:
        """The strictest rule that applies; None when all is well."""
        return next((one for one in Rule if one in {each.rule for each in self.lapsed}), None)

    @property
    def barrier(self) -> str:
        """Why nothing may be sent; empty when something may."""
        return self._said(Rule.NOTHING)

    @property
    def cautions(self) -> str:
        """What to know before sending all the same."""
        return " ".join(part for part in (self._said(Rule.LEAST), self._said(Rule.WARN)) if part)

    @property
    def never_seen(self) -> str:
        """What to know of checks that nobody recorded; they stop nothing."""
        if not self.unseen:
            return ""
        return f"Nobody has recorded that they saw the organisation's {and_list(self.unseen)}."

    def _said(self, rule: Rule) -> str:
        return " ".join(one.words for one in self.lapsed if one.rule is rule)


def standings(service_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Standing]:
    """How each of these services stands, in one statement."""
    row = QualityCheck
    newest = (
        select(row.organisation_id, row.kind, row.valid_until)
        .ext(distinct_on(row.organisation_id, row.kind))
        .join(Service, Service.organisation_id == row.organisation_id)
        .where(Service.id.in_(list(service_ids)))
        .order_by(row.organisation_id, row.kind, row.created_at.desc())
        .subquery("newest")
    )
    rows = session.execute(
        select(Service.id, newest.c.kind, newest.c.valid_until, CHECK_RULE.c.rule)
        .join(newest, newest.c.organisation_id == Service.organisation_id)
        .join(CHECK_RULE, CHECK_RULE.c.kind == newest.c.kind)
        .where(Service.id.in_(list(service_ids)))
        .order_by(newest.c.kind)
    )
    found: dict[uuid.UUID, list[Lapsed]] = {one: [] for one in service_ids}
    for service_id, kind, until, rule in rows:
        found[service_id].append(Lapsed(CheckKind(kind), until, Rule(rule)))
    return {one: _standing(newest) for one, newest in found.items()}


def _standing(newest: list[Lapsed]) -> Standing:
    today, seen = clock.today(), {one.kind for one in newest}
    return Standing(
        tuple(one for one in newest if one.since < today),
        tuple(one for one in CheckKind if one not in seen),
    )


def of_organisation(organisation_id: uuid.UUID) -> Sequence[QualityCheck]:
    """Every check that was ever recorded, the newest first."""
    return session.scalars(
        select(QualityCheck)
        .where(QualityCheck.organisation_id == organisation_id)
        .order_by(QualityCheck.created_at.desc(), QualityCheck.id)
    ).all()


def rules() -> dict[CheckKind, Rule]:
    """What may be sent while a check of each kind has lapsed."""
    rows = session.execute(select(CHECK_RULE))
    found = {CheckKind(kind): Rule(rule) for kind, rule in rows}
    return {kind: found[kind] for kind in CheckKind}
