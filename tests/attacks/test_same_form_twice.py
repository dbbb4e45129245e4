"""A form sent again later has no second effect and gives the same answer; other answers are 422.

Twenty at once are in test_parallel.py and, for sending a referral, in tests/integration/refer.
"""

from datetime import timedelta

import pytest

from app.core import clock
from app.identity.actor import Role
from tests.attacks.matrix.addresses import addresses
from tests.attacks.matrix.table import TABLE
from tests.attacks.matrix.who import CURATOR, HOLDER, LEAD, REFERRERS, TEAM, THE_CHARITY, Who
from tests.browse import hidden
from tests.integration.refer.walk import PERSON


def the(people):
    (one,) = people
    return one


ADMINISTRATOR = Who(TEAM, Role.ADMINISTRATOR)
GP, TEAM_LEAD, COORDINATOR = the(REFERRERS), the(LEAD), the(THE_CHARITY)


def day(field, days):
    """The three parts of a date, so many days from now."""
    when = clock.today() + timedelta(days=days)
    return {f"{field}-{part}": str(getattr(when, part)) for part in ("day", "month", "year")}


SPOKE = {"kind": "telephone", "outcome": "spoke with the person", "note": "Likes tea"}
SPOKE |= day("held_on", 0)
STEP = {"words": "Ring the club", "who": "the person"}
MOVED = {"reason": "person declined", "words": "Moved away"}
# endpoint, who sends it, what they fill in, and the one answer that another sending changes
FORMS = [
    # The first page of a draft is changed, not refused: so does going back in a browser.
    ("refer.new", GP, PERSON, None),
    ("refer.throw_away", GP, {"reason": "other"}, {"words": "Again"}),
    ("triage.decline", TEAM_LEAD, {"reason": "full", "words": "No"}, {"words": "Not now"}),
    ("triage.hold", TEAM_LEAD, {"reason": "other", **day("until", 9)}, day("until", 8)),
    ("caseload.new_encounter", HOLDER, SPOKE, {"note": "Likes coffee"}),
    ("caseload.new_goal", HOLDER, {"words": "Company", "importance": "8"}, {"importance": "9"}),
    ("caseload.goal", HOLDER, {"words": "Company", "importance": "8"}, {"importance": "9"}),
    ("caseload.new_action", HOLDER, STEP, {"words": "Write to the club"}),
    ("caseload.action", HOLDER, {**STEP, "status": "done"}, {"status": "not done"}),
    ("caseload.new_risk", HOLDER, {"risk_to": "self", "words": "Falls", **day("review_on", 9)}, {}),
    ("caseload.person", HOLDER, {"phone": "01632 960001"}, {"phone": "01632 960002"}),
    ("caseload.requirements", HOLDER, {"mobility": "A stick"}, {"mobility": "A chair"}),
    ("caseload.about_me", HOLDER, {"what_matters": "Tea"}, {"what_matters": "Coffee"}),
    ("onward.withdraw", HOLDER, MOVED, {"words": "Moved"}),
    ("onward.signpost", HOLDER, {"need_id": "any"}, {}),
    ("sent.take_back", GP, MOVED, {"words": "Moved"}),
    ("directory.new_organisation", the(CURATOR), {"name": "Sea Shed"}, {"name": "Sea Sheds"}),
    ("identity.let_in", ADMINISTRATOR, {"roles": "team lead"}, {"roles": "link worker"}),
    ("identity.member", ADMINISTRATOR, {"roles": "team lead"}, {"roles": "link worker"}),
]
RECORDS = {"onward.withdraw": "referral", "triage.decline": "sent", "triage.hold": "sent"}


@pytest.mark.parametrize(
    ("endpoint", "who", "typed", "other"), FORMS, ids=lambda one: str(one)[:30]
)
def test_a_form_sent_twice(endpoint, who, typed, other, tries, records, cast, everything_stored):
    ids = records.fresh(RECORDS.get(endpoint, TABLE[endpoint].record))
    (address, *_) = addresses(tries.application, tries.rule(endpoint), ids)
    client = cast.client(who)
    filled = hidden(client.get(address).text) | typed
    first = client.post(address, data=filled)
    assert first.status_code == 303, first.text
    stored = everything_stored()
    second = client.post(address, data=filled)
    assert (second.status_code, second.location) == (303, first.location)
    assert everything_stored() == stored, "the second sending changed something"
    if other is None:
        return
    changed = client.post(address, data=filled | other | {"added": "x"})
    assert changed.status_code == 422, changed.text
    assert everything_stored() == stored


def test_what_changed_meanwhile_is_shown_again_and_can_then_be_sent(tries, records, cast):
    """The first sending met a preview that was out of date: its key has not been used up."""
    ids = records.fresh("referral")
    client, to = cast.client(HOLDER), f"/onward/{ids['referral_id']}/to/{ids['service_id']}"
    asked = hidden(client.get(to).text) | {"need_id": str(ids["need_id"]), "accompanied_by": "no"}
    typed = asked | hidden(client.post(to, data=asked).text) | {"agreed": "y"}
    stale = client.post(f"{to}/send", data=typed | {"digest": "of what was shown yesterday"})
    assert stale.status_code == 409, stale.text
    again = typed | hidden(stale.text)
    assert again["idempotency_key"] == typed["idempotency_key"]
    sent = client.post(f"{to}/send", data=again)
    assert sent.status_code == 303, sent.text
