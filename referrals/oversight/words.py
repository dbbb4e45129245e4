"""How the screens say what somebody did, and what an officer thinks of it."""

from referrals.emergency.models.review import Judgement
from referrals.oversight.models.unusual import Because, Kind, Verdict

KINDS = {
    Kind.OWN_RECORD: "Own record",
    Kind.COLLEAGUE: "A colleague’s record",
    Kind.SAME_ADDRESS: "Same address",
    Kind.SAME_SURNAME: "Same last name",
    Kind.MANY_PEOPLE: "Many more people than usual",
}
JUDGEMENTS = {
    Judgement.JUSTIFIED: "Yes, it was justified",
    Judgement.NOT_JUSTIFIED: "No, it was not justified",
}
VERDICTS = {
    Verdict.EXPLAINED: "Yes, it is explained",
    Verdict.CONCERNING: "No, it is concerning",
}
BECAUSE = {
    Because.PART_OF_THEIR_WORK: "It was part of their work",
    Because.NOT_THE_SAME_PERSON: "They only share a name or an address",
    Because.COVERING: "They covered for a colleague",
    Because.SUPERVISION: "Supervision, checking or training",
    Because.ASKED_AND_ANSWERED: "They were asked, and the answer is below",
    Because.BEING_LOOKED_INTO: "It is being looked into",
}
LISTED = "Saw the name in a list"
DEEDS = {
    "referral.viewed": "Opened the record",
    "referral.printed": "Printed the record",
    "referral.glass_broken": "Opened the record in an emergency",
    "referral.glass_words_kept": "Said why it was an emergency",
    "referral.glass_ended": "Closed the record after an emergency",
    "referral.glass_judged": "Looked into an emergency",
    "disclosure.made": "Sent details on to a service",
    "onward_referral.viewed": "Looked at what was sent to a service",
    "onward_referral.listed": "Looked at what was sent to services",
    "signpost.given": "Told the person of a service",
    "signpost.printed": "Printed a list of services",
    "message.written": "Wrote to the referrer",
    "encounter.recorded": "Recorded a contact",
    "person.written": "Wrote down who the person is",
    "person.contact_changed": "Changed contact details",
    "person.requirements_changed": "Changed access needs",
    "sent.printed": "Printed what became of the referral",
    "log.viewed": "Looked at who has seen the record",
    "log.printed": "Gave the person the list of who has seen the record",
    "emergency.viewed": "Looked into an emergency",
    "unusual_access.viewed": "Looked into who opened the record",
    "unusual_access.judged": "Looked into who opened the record",
    "safeguarding_note.read": "Read a safeguarding note",
    **dict.fromkeys(
        ("caseload.viewed", "caseload.found", "triage.viewed", "sent.viewed", "inbox.viewed"),
        LISTED,
    ),
    **dict.fromkeys(("person.found", "referral.drafts_listed"), LISTED),
}


def deed_words(action: str) -> str:
    """What somebody did, in plain words; `need.ended` without words of its own is "Need ended"."""
    plain = action.replace(".", " ").replace("_", " ")
    return DEEDS.get(action, plain[:1].upper() + plain[1:])


def kind_words(kind: str) -> str:
    """What is unusual, as a heading."""
    return KINDS[Kind(kind)]
