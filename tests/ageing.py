"""Records whose support ended long ago, made by real actions and then aged as a superuser."""

import uuid

import psycopg

from app.core.db import transaction
from app.identity.actor import Actor, Role
from referrals.record.models.status import Reason
from referrals.triage.actions import answer
from tests.stage import Stage

NINE_YEARS = 9


def officers(stage: Stage) -> tuple[Actor, Actor]:
    """A privacy officer of the practice, and one of the team."""
    return (
        stage.somebody(Role.PRIVACY_OFFICER, of=stage.practice, name="Ruth Abara"),
        stage.somebody(Role.PRIVACY_OFFICER, of=stage.team, name="Owen Price"),
    )


def ended(stage: Stage, years: int = NINE_YEARS, *, sent_on: bool = False, **said) -> uuid.UUID:
    """A referral that the team took on, whose support ended so many years ago; its id."""
    referral_id = stage.taken_on(**said)
    if sent_on:
        stage.sent_on(referral_id)
    close_long_ago(stage, referral_id, years)
    return referral_id


def close_long_ago(stage: Stage, referral_id: uuid.UUID, years: int = NINE_YEARS) -> None:
    """Let a referral have been completed so many years ago, whatever is still open in it."""
    _close(stage, referral_id, "completed")
    age(stage, referral_id, years)


def declined(stage: Stage, years: int, **said) -> uuid.UUID:
    """A referral that the team declined so many years ago; its id."""
    referral_id = stage.referred(**said)
    with transaction(stage.lead):
        answer.decline(
            stage.lead, stage.get(stage.lead, referral_id), Reason.OUT_OF_AREA, "Too far"
        )
    age(stage, referral_id, years)
    return referral_id


def age(stage: Stage, referral_id: uuid.UUID, years: int) -> None:
    """Let it have ended so many years ago."""
    _as_superuser(
        stage,
        "update retention set ended_on = ended_on - make_interval(years => %s)"
        " where referral_id = %s",
        years,
        referral_id,
    )


def forget_who_worked_on(stage: Stage, referral_id: uuid.UUID) -> None:
    """Let it have been withdrawn before it was allocated."""
    statement = "update referral set link_worker_id = null where id = %s"
    _as_superuser(stage, statement, referral_id)


def person_of(stage: Stage, referral_id: uuid.UUID) -> uuid.UUID:
    """Whose referral it is."""
    return _as_superuser(stage, "select person_id from referral where id = %s", referral_id)


def _close(stage: Stage, referral_id: uuid.UUID, status: str) -> None:
    statement = "update referral set status = %s, closed_at = now() where id = %s"
    _as_superuser(stage, statement, status, referral_id)


def _as_superuser(stage: Stage, statement: str, *values: object):
    with psycopg.connect(stage.database.url("postgres")) as superuser:
        done = superuser.execute(statement, values)
        return done.fetchone()[0] if done.description else None
