"""Every page of the application, asked about a person who was erased: nothing breaks or tells."""

import psycopg
import pytest

from app.core.db import transaction
from app.identity.actor import Role
from referrals.retention.actions import erasure
from referrals.retention.queries import erasure as erasures
from referrals.retention.queries import kept as kept_until
from tests.ageing import close_long_ago, officers, person_of
from tests.attacks.matrix.who import CHARITY, ELSEWHERE, HOLDER, PRACTICE, TEAM, Who

NAME = "Ravenscroft-Ullathorne"
ASKING = (
    HOLDER,
    Who(PRACTICE, Role.REFERRER),
    Who(PRACTICE, Role.PRIVACY_OFFICER),
    Who(TEAM, Role.TEAM_LEAD),
    Who(TEAM, Role.PRIVACY_OFFICER),
    Who(CHARITY, Role.COORDINATOR),
    Who(ELSEWHERE, Role.LINK_WORKER),
    Who(ELSEWHERE, Role.PRIVACY_OFFICER),
)
TOLD = {200, 302, 303, 308, 400, 401, 403, 404, 409, 410, 422}


@pytest.fixture(scope="module")
def erased(stage, records, cast):
    """Somebody with a plan, risks, notes, an onward referral, and a glass broken; now erased."""
    before = stage.referred
    stage.referred = lambda *some, **said: before(*some, **{"family_name": NAME, **said})
    try:
        ids = dict(records.fresh("referral"))
    finally:
        stage.referred = before
    records.break_glass(cast.somebody(Who(ELSEWHERE, Role.LINK_WORKER)), ids["referral_id"])
    ids["person_id"] = person_of(stage, ids["referral_id"])
    close_long_ago(stage, ids["referral_id"])
    first, second = officers(stage)
    rules = stage.settings.retention
    with transaction(first):
        kept = kept_until.get(first, rules, ids["person_id"])
        ids["erasure_id"] = erasure.propose(first, kept).id
    with transaction(second):
        proposal = erasures.get(second, ids["erasure_id"])
        erasure.approve(second, proposal, kept, rules)
    return ids


def test_nothing_breaks_and_nothing_is_told(erased, tries, stage):
    wrong, gone = [], set()
    rooms = {
        name
        for name, room in tries.application.blueprints.items()
        if room.import_name.startswith("referrals.")
    }
    assert len(rooms) >= 10
    endpoints = {rule.endpoint for rule in tries.application.url_map.iter_rules()}
    for endpoint in sorted(one for one in endpoints if one.split(".")[0] in rooms):
        for method, address in tries.each(endpoint, erased):
            if method != "GET":
                continue
            for who in ASKING:
                answer = tries.cast.client(who).get(address)
                if answer.status_code not in TOLD or NAME.encode() in answer.data:
                    wrong.append((endpoint, str(who), answer.status_code))
                if answer.status_code == 410:
                    gone.add(endpoint)
    assert wrong == []
    assert {"caseload.show", "sent.show", "triage.judge"} <= gone
    with psycopg.connect(stage.database.url("postgres")) as superuser:
        told = superuser.execute(
            "select count(*) from audit_event where action = 'integrity_failure'"
            " and person_id = %s",
            [erased["person_id"]],
        )
        assert told.fetchone() == (0,), "erased is not damaged"
