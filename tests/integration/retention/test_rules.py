"""Which records are due: adults, children, declined referrals, and the clock that restarts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core import clock
from app.core.db import session, transaction
from app.core.errors import Denied
from referrals.finish.actions import cancelling
from referrals.record.models.event import ReferralEvent
from referrals.record.models.person import Person
from referrals.record.models.status import Reason
from referrals.refer.actions import draft as drafts
from referrals.retention.actions.ending import child_born, note_child
from referrals.retention.queries import kept as kept_until
from tests.ageing import age, declined, ended, forget_who_worked_on, officers, person_of
from tests.counting import statements
from tests.stage import Stage


@pytest.fixture(scope="module")
def stage(database):
    made = Stage(database)
    made.first, made.second = officers(made)
    made.rules = database.settings.retention
    return made


def facts(stage, referral_id, rules=None):
    with transaction(stage.first):
        return kept_until.get(stage.first, rules or stage.rules, person_of(stage, referral_id))


def is_due(stage, referral_id, rules=None):
    return facts(stage, referral_id, rules).is_due(clock.today())


def test_an_adult_is_kept_eight_years_from_the_end_of_support(stage):
    assert not is_due(stage, stage.taken_on())
    assert facts(stage, stage.taken_on()).due_on is None
    assert not is_due(stage, ended(stage, 7))
    eight = ended(stage, 8)
    assert is_due(stage, eight)
    assert facts(stage, eight).rule == "adult"
    assert not is_due(stage, eight, replace(stage.rules, adult_years=10))


def test_a_declined_referral_is_kept_two_years(stage):
    assert not is_due(stage, declined(stage, 1))
    two = declined(stage, 2)
    assert is_due(stage, two)
    assert facts(stage, two).rule == "declined"


def test_a_child_is_kept_to_the_end_of_the_year_of_the_25th_birthday(stage):
    assert child_born(date(2012, 5, 1), date(2026, 5, 1)) == 2012
    assert child_born(date(2008, 5, 2), date(2026, 5, 1)) == 2008
    assert child_born(date(2008, 5, 1), date(2026, 5, 1)) is None
    assert child_born(None, date(2026, 5, 1)) is None
    born = clock.today() - timedelta(days=15 * 366)
    helped, untouched = (stage.taken_on(date_of_birth=born) for _ in "12")
    for referral_id in (helped, untouched):
        with transaction(stage.gp):
            cancelling.cancel(stage.gp, stage.get(stage.gp, referral_id), Reason.DUPLICATE)
    forget_who_worked_on(stage, untouched)
    assert facts(stage, untouched).rule == "declined", "nobody worked with this child"
    found = facts(stage, helped)
    assert (found.rule, found.due_on) == ("child", date(born.year + 25, 12, 31))
    age(stage, helped, 9)
    assert not is_due(stage, helped)
    assert not is_due(stage, helped, replace(stage.rules, child_age=10))


def test_an_identity_that_does_not_open_leaves_a_childs_year_as_it_was(stage, superuser):
    born = clock.today() - timedelta(days=15 * 366)
    referral_id = stage.taken_on(date_of_birth=born)
    with transaction(stage.gp):
        cancelling.cancel(stage.gp, stage.get(stage.gp, referral_id), Reason.DUPLICATE)
    spoilt = "update person set identity_sealed = %s where id = %s"
    superuser.execute(spoilt, [b"spoilt", person_of(stage, referral_id)])
    with transaction(stage.gp):
        referral = stage.get(stage.gp, referral_id)
        note_child(stage.gp, referral, ReferralEvent())
    assert facts(stage, referral_id).rule == "child"


def test_a_persons_latest_referral_decides(stage):
    old = ended(stage, 9)
    assert is_due(stage, old)
    with transaction(stage.gp):
        person = session.get_one(Person, person_of(stage, old))
        again = drafts.begin(stage.gp, {}, person).id
    assert not is_due(stage, old), "a draft or a referral is open"
    with transaction(stage.gp):
        drafts.throw_away(stage.gp, stage.get(stage.gp, again), Reason.OTHER)
    assert not is_due(stage, old), "the clock restarted"
    age(stage, again, 2)
    assert is_due(stage, old)


def test_the_list_is_by_date_a_page_at_a_time_and_only_of_ones_own(stage):
    mine = {person_of(stage, ended(stage, years)) for years in (9, 11, 10)}
    seen, after = [], ""
    while True:
        with transaction(stage.first):
            found = kept_until.due(stage.first, stage.rules, after, limit=2)
        seen += found.people
        after = found.after
        if not after:
            break
    dates = [one.due_on for one in seen]
    assert dates == sorted(dates)
    assert mine <= {one.person_id for one in seen}
    for who in (stage.gp, stage.lead, stage.administrator):
        with transaction(who), pytest.raises(Denied):
            kept_until.due(who, stage.rules)


def test_the_list_costs_as_many_queries_for_many_as_for_one(stage, signed_in):
    client, counted = signed_in(stage.first), []
    for _ in range(2):
        for _ in range(4):
            ended(stage, 9)
        for show in ("due", "waiting", "held", "erased"):
            client.get(f"/retention/?show={show}")  # whatever is only done once
        with statements() as seen:
            assert client.get("/retention/?show=due").status_code == 200
        counted.append(len(seen))
    assert counted[0] == counted[1]
    assert counted[0] <= 12
