"""Many do the same at once, through real sockets: one succeeds and the others are told."""

from collections import Counter

import psycopg
import pytest

from tests.attacks.served import served
from tests.attacks.side_by_side import all_at_once
from tests.browse import hidden

ACCEPTS, ANSWERS, SENDINGS = 50, 20, 20


@pytest.fixture(scope="module")
def here(tmp_path_factory, database):
    with served(tmp_path_factory.mktemp("parallel"), database) as made:
        yield made


def count(here, sql, *values):
    with psycopg.connect(here.database.url("postgres")) as superuser:
        return superuser.execute(sql, values).fetchone()[0]


def pressed(here, browser, address, typed):
    """One press of one button; what came back."""
    answer = browser.post(here.url + address, data=typed, timeout=60, allow_redirects=False)
    return answer.status_code


def opened(here, browser, address):
    """A page as it is now, with a key of its own."""
    page = browser.get(here.url + address, timeout=60)
    assert page.status_code == 200
    return hidden(page.text)


def test_of_fifty_who_accept_one_referral_one_succeeds(here):
    stage = here.stage
    referral_id = stage.referred()
    browser = here.browser(stage.lead)
    pages = [opened(here, browser, f"/triage/{referral_id}") for _ in range(ACCEPTS)]
    address, who = f"/triage/{referral_id}/acceptance", str(stage.worker.user_id)
    told = all_at_once(
        lambda page=page: pressed(here, browser, address, {**page, "who": who}) for page in pages
    )
    assert Counter(told) == {303: 1, 409: ACCEPTS - 1}
    kinds = "select count(*) from referral_event where referral_id = %s and kind = 'accepted'"
    assert count(here, kinds, referral_id) == 1
    audited = "select count(*) from audit_event where subject_id = %s and action like '%%accepted'"
    assert count(here, audited, referral_id) == 1


def test_of_twenty_answers_of_a_charity_one_counts(here):
    stage = here.stage
    onward_id = stage.sent_on()
    browsers = [here.browser(stage.coordinator) for _ in range(4)]
    ways = ("accept", "decline")
    pages = [
        (browsers[n % 4], way, opened(here, browsers[n % 4], f"/inbox/{onward_id}/{way}"))
        for n in range(ANSWERS)
        for way in ways[n % 2 : n % 2 + 1]
    ]
    told = all_at_once(
        lambda one=one: pressed(
            here, one[0], f"/inbox/{onward_id}/{one[1]}", {**one[2], "reason": "full"}
        )
        for one in pages
    )
    assert Counter(told) == {303: 1, 409: ANSWERS - 1}
    answered = "select count(*) from onward_event where onward_referral_id = %s and kind <> 'sent'"
    assert count(here, answered, onward_id) == 1


def test_one_form_sent_twenty_times_at_once_is_one_encounter_and_one_answer(here):
    stage = here.stage
    referral_id = stage.taken_on()
    browser = here.browser(stage.worker)
    address = f"/caseload/{referral_id}/encounters/new"
    typed = opened(here, browser, address)
    typed |= {"kind": "telephone", "outcome": "spoke with the person", "note": "Likes tea"}
    typed |= {"held_on-day": "1", "held_on-month": "6", "held_on-year": "2026"}
    told = all_at_once([lambda: pressed(here, browser, address, typed)] * SENDINGS)
    assert Counter(told) == {303: SENDINGS}
    kept = "select count(*) from encounter where referral_id = %s"
    assert count(here, kept, referral_id) == 1
    other = {**typed, "note": "Likes coffee"}
    assert pressed(here, browser, address, other) == 422
    assert count(here, kept, referral_id) == 1
