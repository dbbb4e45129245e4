"""Read back the answers of a referral that was sent."""

from collections.abc import Sequence

from referrals.record.models.need import Need
from referrals.record.models.referral import Agreement, Referral, Urgency
from referrals.record.queries import referral as referrals
from referrals.refer.models.answers import Answers, Reasons


def answers_of(referral: Referral) -> Answers:
    """What was sent, as it stands now, in two queries."""
    needs: Sequence[Need] = referrals.needs(referral)
    risks = referrals.risks(referral)
    narrative, person = referral.narrative, referral.person
    reasons = Reasons(
        needs=tuple(one.term_id for one in needs),
        reason=narrative.reason,
        team_id=referral.to_agency_id,
        own_words=narrative.own_words,
        urgency=Urgency(referral.urgency),
        risk_to=tuple(one.risk_to for one in risks),
        risk_words=risks[0].safeguarding.words if risks else "",
        agreement=Agreement(referral.agreement or Agreement.NOT_SOUGHT),
        agreement_words=narrative.agreement_words,
        reply_to=narrative.reply_to,
    )
    return Answers(person.identity, reasons, person.contact, person.requirements)
