"""How the screens say what to do next with a referral."""

from referrals.record.models.referral import Step

STEPS = {
    Step.SEND: "Send",
    Step.TRIAGE: "Answer the referrer",
    Step.ALLOCATE: "Allocate",
    Step.FIRST_CONTACT: "First contact",
    Step.FOLLOW_UP: "Follow up",
    Step.MAKE_PLAN: "Make a plan together",
    Step.ACTION: "Do what was agreed",
    Step.CHECK_ACTION: "Check what was agreed",
    Step.REVIEW_RISK: "Review a risk",
    Step.AWAIT_ANSWER: "Waiting for a service to answer",
    Step.CHASE_ANSWER: "Chase a service’s answer",
    Step.READ_ANSWER: "Read what a service answered",
    Step.REVIEW_WAITING: "Ask whether they still want to wait",
    Step.REVIEW_HOLD: "On hold: look at it again",
    Step.REVIEW: "Review together",
    Step.FINISH: "Finish",
    Step.NOTHING: "Nothing to do",
}


def step_words(step: str) -> str:
    """What to do next, as people say it."""
    return STEPS.get(Step(step), step) if step in list(Step) else step.capitalize()
