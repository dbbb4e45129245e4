"""A privacy officer judges an emergency, or a line of unusual access."""

from app.core import audit, clock
from app.core.db import session
from app.core.errors import Conflict, Invalid
from app.identity.actor import Actor
from referrals.emergency.models.glass import GlassBreak
from referrals.emergency.models.review import GlassReview, Judgement, ReviewWords
from referrals.emergency.queries.glass import review_of
from referrals.oversight import policy
from referrals.oversight.models.unusual import (
    FITTING,
    Because,
    UnusualAccess,
    Verdict,
    VerdictWords,
)

NOT_FITTING = "Select a reason that fits your answer to whether there is an explanation"


def judge_emergency(
    actor: Actor, glass: GlassBreak, judgement: Judgement, words: str
) -> GlassReview:
    """Say whether it was right. Raises Denied, or Conflict when it has been judged."""
    policy.JUDGE_EMERGENCY.require(actor, glass)
    if review_of(glass) is not None:
        raise Conflict("This emergency has been judged already.")
    made = GlassReview(
        glass_break_id=glass.id,
        person_id=glass.person_id,
        agency_id=actor.agency_id,
        user_id=actor.user_id,
        judgement=judgement,
    )
    if words and glass.person_id:
        made.words = ReviewWords(words)
    session.add(made)
    audit.record(actor, "referral.glass_judged", made, reason=judgement)
    return made


def judge_access(
    actor: Actor, line: UnusualAccess, verdict: Verdict, because: Because, words: str
) -> None:
    """Say whether it is explained. A concern may be explained later; the reverse as well.

    Raises Denied, or Invalid when the reason does not fit the verdict.
    """
    policy.JUDGE_ACCESS.require(actor, line)
    if because not in FITTING[verdict]:
        raise Invalid(NOT_FITTING)
    line.judgement, line.judged_at, line.judged_by = verdict, clock.now(), actor.user_id
    if line.person_id:
        line.reason_code, line.words = None, VerdictWords(words, because)
    else:
        line.reason_code = because
    audit.record(actor, "unusual_access.judged", line, reason=verdict)
