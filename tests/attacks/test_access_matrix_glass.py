"""The access matrix, from three more relations: broken glass, a record that does not open, and one
that was erased. Every kind of record that concerns a person, every method, who may and who may not.
"""

from dataclasses import replace

import pytest

from app.core import clock
from app.core.db import transaction
from app.identity.actor import Role
from referrals.emergency.actions import glass
from referrals.emergency.models.glass import Why
from referrals.oversight.actions.watch import Watch, look_at
from tests.attacks.matrix.lives import Lives, sealed_columns
from tests.attacks.matrix.route import PERSONAL, Answer
from tests.attacks.matrix.table import TABLE
from tests.attacks.matrix.who import ELSEWHERE, EVERYBODY, TEAM, Who, in_order

OF_A_PERSON = [name for name, one in TABLE.items() if one.record in PERSONAL]
# Of "broken glass" there is a break of one's own: the live matrix has it.
THROUGH_GLASS = [name for name in OF_A_PERSON if TABLE[name].record != "broken glass"]
BREAKERS = (Who(ELSEWHERE, Role.LINK_WORKER), Who(ELSEWHERE, Role.TEAM_LEAD))
BEHIND_GLASS = frozenset({"referral", "sent"})
NAME = "Almeida"
REFUSED, DAMAGED, GONE = {400, 403, 404, 409, 422}, 423, 410


def strangers(endpoint):
    """One of each place for each way of being refused."""
    route, found = TABLE[endpoint], {}
    for who in in_order(EVERYBODY):
        if route.expected(who) is not Answer.THROUGH:
            found.setdefault((who.place, route.expected(who)), who)
    return found.values()


@pytest.fixture(scope="module")
def through_glass(records, cast, superuser):
    """Everything of somebody whose record two people elsewhere have opened in an emergency."""
    lives = Lives(records, superuser)
    for who in BREAKERS:
        for name in ("referral", "sent", "safeguarding note"):
            records.break_glass(cast.somebody(who), lives.ids[name]["referral_id"])
    return lives


def behind_glass(endpoint, who):
    """What somebody is told who has broken the glass of exactly this record."""
    route = TABLE[endpoint]
    if route.glass:
        return Answer.THROUGH
    gated = who.role not in route.gate
    return Answer.FORBIDDEN if gated or route.record in BEHIND_GLASS else Answer.ABSENT


@pytest.mark.parametrize("endpoint", THROUGH_GLASS)
def test_broken_glass_lets_read_the_record_and_nothing_else(endpoint, tries, through_glass):
    wrong = [
        f"{method} {address}: {who} {told}"
        for method, address in tries.each(endpoint, through_glass.ids[TABLE[endpoint].record])
        for who in BREAKERS
        if (told := tries.as_who(who, endpoint, method, address)) is not behind_glass(endpoint, who)
    ]
    assert wrong == []


@pytest.fixture(scope="module")
def sealed_shut(records, superuser):
    """Records of which nothing opens: a bit of every blob was changed."""
    lives = Lives(records, superuser)
    empty = {place for place, rows in lives.blobs().items() if not rows}
    assert empty == set(), "a sealed column of which no record of the matrix has anything"
    lives.damage()
    return lives


def test_every_sealed_column_is_damaged(sealed_shut):
    assert set(sealed_shut.blobs()) == {(one.table, one.column) for one in sealed_columns()}


@pytest.mark.parametrize("endpoint", OF_A_PERSON)
def test_a_record_that_does_not_open_is_said_so_and_never_written_over(
    endpoint, tries, cast, sealed_shut
):
    route, before, wrong = TABLE[endpoint], sealed_shut.blobs(), []
    for method, address in tries.each(endpoint, sealed_shut.ids[route.record]):
        for who in in_order(route.may):
            answer = tries.ask(cast.client(who), cast.token(who), endpoint, method, address)
            said = "cannot be opened" in answer.text or answer.status_code in REFUSED | {DAMAGED}
            left_alone = answer.status_code in (200, 303) and NAME not in answer.text
            if not (said or left_alone):
                wrong.append(f"{method} {address}: {who} {answer.status_code}")
        for who in strangers(endpoint):
            told = tries.as_who(who, endpoint, method, address)
            if told is not route.expected(who):
                wrong.append(f"{method} {address}: {who} {told}")
    assert wrong == []
    after = sealed_shut.blobs()
    lost = [place for place in before if not set(before[place]) <= set(after[place])]
    # An erasure needs to open nothing: two officers agreed, and every blob is emptied.
    assert lost == [] or endpoint == "retention.approve"


@pytest.fixture(scope="module")
def erased(records, superuser):
    """Everybody erased, by two officers."""
    lives = Lives(records, superuser)
    lives.erase()
    left = {place for place, rows in lives.blobs().items() if rows} - {("referral", "draft_sealed")}
    assert left == set()
    return lives


# A draft is not kept: it is thrown away, or sent, and then it is a referral.
ERASED = [name for name in OF_A_PERSON if TABLE[name].record != "draft"]


@pytest.mark.parametrize("endpoint", ERASED)
def test_of_an_erased_record_nothing_is_left_to_show_and_nothing_breaks(
    endpoint, tries, cast, erased
):
    route, wrong, gone = TABLE[endpoint], [], set()
    for method, address in tries.each(endpoint, erased.ids[route.record]):
        for who in (*in_order(route.may), *strangers(endpoint)):
            answer = tries.ask(cast.client(who), cast.token(who), endpoint, method, address)
            told = answer.status_code
            allowed = {200, 303, GONE} | REFUSED if who in route.may else {403, 404, GONE}
            if route.expected(who) is Answer.ABSENT:
                allowed = {404}
            if told not in allowed or NAME in answer.text:
                wrong.append(f"{method} {address}: {who} {told}")
            gone |= {method} if told == GONE else set()
    assert wrong == []
    assert endpoint not in ("caseload.show", "sent.show", "triage.judge") or "GET" in gone


def test_erased_is_not_damaged(erased, superuser):
    told = superuser.execute(
        "select count(*) from audit_event where action = 'integrity_failure'"
        " and person_id = any(%s)",
        [erased.people()],
    )
    assert told.fetchone() == (0,)


def test_an_erased_record_stays_unfound_in_an_emergency(records, cast, erased, superuser):
    actor = cast.somebody(BREAKERS[0])
    found = superuser.execute(
        "select reference from referral where id = %s", [erased.ids["referral"]["referral_id"]]
    )
    settings = replace(records.stage.settings, emergency_daily_limit=50)
    asked = glass.Emergency(Why.OTHER, "It cannot wait until Monday.", found.fetchone()[0])
    with transaction(actor):
        assert glass.open_record(actor, asked, settings).outcome == glass.Outcome.NOBODY


def test_the_list_and_the_next_nightly_list_survive_an_erased_line(erased, cast):
    officer = Who(TEAM, Role.PRIVACY_OFFICER)
    shown = cast.client(officer).get("/oversight/access?show=judged")
    assert shown.status_code == 200
    assert "This record was erased" in shown.text
    team = Watch(cast.stage.team)
    with transaction(team):
        look_at(team, clock.today())
