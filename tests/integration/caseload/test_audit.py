"""No page about a person without a line in the audit trail, and none for a refusal."""

import pytest

from app.core.db import transaction
from referrals.record.queries import referral as referrals

PAGES = (
    "/caseload/{}",
    "/caseload/{}/print",
    "/caseload/{}/encounters/new",
    "/caseload/{}/needs/new",
    "/caseload/{}/person",
    "/caseload/{}/access-needs",
    "/caseload/{}/about-me",
    "/caseload/{}/risks/new",
    "/triage/{}",
    "/triage/{}/hold",
    "/triage/{}/allocation",
    "/triage/reallocation?holder=",
    "/caseload/",
)


@pytest.fixture
def lines(owner):
    def count(person_id, user_id):
        owner.execute("set role trellis_policy")
        found = owner.execute(
            "select count(*) from audit_event where person_id = %s and user_id = %s",
            [person_id, user_id],
        ).fetchone()
        owner.execute("reset role")
        return found[0]

    return count


def test_every_page_leaves_its_line(world, taken_on, signed_in, lines, now):
    referral_id = taken_on()
    person_id = now(referral_id).person_id
    client = signed_in(world.lead)
    for page in PAGES:
        holder = world.worker.user_id if page.endswith("=") else ""
        before = lines(person_id, world.lead.user_id)
        assert client.get(page.format(referral_id) + str(holder)).status_code == 200
        assert lines(person_id, world.lead.user_id) == before + 1, page


def test_every_change_leaves_the_digest_of_what_was_written(world, met, owner):
    referral_id = met()
    with transaction(world.worker):
        referral = world.get(world.worker, referral_id)
        person_id, kinds = referral.person_id, {one.kind for one in referrals.history(referral)}
    assert kinds >= {"sent", "accepted", "allocated", "encounter recorded"}
    owner.execute("set role trellis_policy")
    rows = owner.execute(
        "select action, subject_kind, digest from audit_event where person_id = %s", [person_id]
    ).fetchall()
    owner.execute("reset role")
    wrote = {action for action, _kind, digest in rows if digest is not None}
    assert {"person.written", "encounter.recorded"} <= wrote
    # What was only shown or moved on was not written: its digest could be that of an old blob.
    assert wrote.isdisjoint({"referral.accepted", "referral.allocated", "referral.viewed"})
    kinds = {kind for _action, kind, digest in rows if digest is not None}
    assert kinds >= {"person", "referral", "encounter", "need"}
