"""Staff find with what is known filled in, and see what became of earlier referrals."""

import re
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.db import transaction
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.places import Place, Places
from directory.finding.actions.learning import learn
from referrals.inbox.actions import answer, attendance
from referrals.inbox.queries import inbox
from referrals.onward.queries import observed, preview
from referrals.record.models.person import Requirements
from tests.browse import page_of, sent
from tests.stage import Stage
from tests.world import need_id


@pytest.fixture
def stage(database):
    return Stage(database)


def seen_of(stage, service_id):
    with transaction(stage.worker):
        return observed.of([service_id]).get(service_id, observed.NOTHING)


def test_earlier_referrals_are_counted_for_everybody_and_name_nobody(stage):
    service_id = stage.service_id
    assert seen_of(stage, service_id) == observed.NOTHING
    first, second = stage.sent_on(), stage.sent_on()
    assert seen_of(stage, service_id).words[0] == "None of 2 referrals has been answered yet"
    with transaction(stage.coordinator):
        for onward_id in (first, second):
            onward = inbox.get(stage.coordinator, onward_id)
            answer.accept(stage.coordinator, onward, stage.settings)
    with transaction(stage.coordinator):
        attendance.attended(stage.coordinator, inbox.get(stage.coordinator, first))
    seen = seen_of(stage, service_id)
    assert (seen.sent, seen.answer.count, seen.attendance.count) == (2, 2, 1)
    assert 0 <= seen.answer.days < 1
    assert clock.now() - seen.answer.latest < timedelta(minutes=5)
    assert "too few to go by" in seen.words[0]


def test_only_who_works_on_referrals_may_ask_for_waits(stage):
    with pytest.raises(sa.exc.DBAPIError), transaction(stage.coordinator):
        observed.of([uuid.uuid4()])


def test_what_is_known_of_the_person_is_filled_in(stage, signed_in):
    referral_id = stage.taken_on()
    with transaction(stage.worker):
        person = stage.get(stage.worker, referral_id).person
        person.requirements = Requirements(
            mobility="Uses a wheelchair", interpreter_language="Polish"
        )
    hall = Places([Place("Ramp Hall", postcode="QS1 1AA", facilities=["step-free entrance"])])
    name = f"Ocelot tea {uuid.uuid4().hex[:6]}"
    stage.offers(name, hall)
    worker, url = signed_in(stage.worker), f"/onward/{referral_id}/find"

    page = page_of(worker, url)
    assert 'value="QS1"' in page
    assert 'value="Polish"' in page
    assert 'value="step-free entrance" checked' in page
    page = sent(worker, url, page, words=name, need="", near="QS1", age="", language="Polish")
    part = page[page.index(name, page.index("<h2")) :]
    assert "Says " in part
    assert "about" in part or "under half a mile" in part
    assert "No earlier referral there" in part
    assert "What to tell them" in part
    assert "does not say that Polish is spoken" in part


def test_the_search_is_for_all_of_their_needs_or_for_the_one_that_is_chosen(stage, signed_in):
    word = "".join(one for one in uuid.uuid4().hex if one.isalpha())
    for name, need in (("paints", "out.arts"), ("sums", "money.debt"), ("falls", "body.falls")):
        stage.offers(f"{word} {name}", needs=(need,))
    referral_id = stage.taken_on(needs=("out.arts", "money.debt"))
    worker, url = signed_in(stage.worker), f"/onward/{referral_id}/find"

    page = page_of(worker, url)
    assert re.search(r'value="theirs" selected>Any of their needs', page)
    page = sent(worker, url, page, words=word, need="theirs", near="")
    assert {"paints", "sums"} <= set(re.findall(rf">{word} (\w+)</a>", page))
    assert f"{word} falls" not in page
    with transaction(stage.worker):
        debt = str(need_id("money.debt"))
        needs = preview.open_needs(stage.get(stage.worker, referral_id))
    page = sent(worker, url, page, words=word, need=debt, near="")
    assert re.findall(rf">{word} (\w+)</a>", page) == ["sums"]
    assert "1 service" in page
    # It is of the need that is asked for, and says what nobody has looked at.
    [mine] = [one.id for one in needs if str(one.term_id) == debt]
    assert f"need_id={mine}" in page
    assert "Nobody has recorded that they saw the organisation&#39;s safeguarding policy" in page


def test_it_is_the_same_search_as_everybodys(stage, signed_in):
    word = "quail" + "".join(one for one in uuid.uuid4().hex if one.isalpha())
    far = Places([Place("Chapel", "Church Lane", "Upper Downs", "QS6 1AA")])
    stage.offers(f"{word} club", far, Eligibility("Anybody", fees="Free"))
    while learn():
        pass
    referral_id = stage.taken_on()
    worker, url = signed_in(stage.worker), f"/onward/{referral_id}/find"
    page = page_of(worker, url)
    typed = {"need": "", "near": "QS1", "within": "1", "age": "70", "language": "Polish"}

    page = sent(worker, url, page, words=f"{word[:-1]}", spelt=word, **typed)
    assert "Nothing was found within 1 mile. These are farther away." in page
    assert "Free (1)" in page
    assert "Within 1 mile (0)" in page
    assert "Within 20 miles (1)" in page
    assert 'data-latitude="' in page
    narrowed = sent(worker, url, page, words=word, **typed | {"with": "cost.free"})
    assert re.search(r'name="with" type="checkbox" value="cost.free" checked', narrowed)
    assert 'name="without" value="cost.free"' in narrowed
    for kept in ('value="QS1"', 'value="70"', 'value="Polish"', f'value="{word}"'):
        assert kept in narrowed
    wide = sent(
        worker, url, page, words=word, **typed | {"with": "cost.free", "without": "cost.free"}
    )
    assert 'cost.free" checked' not in wide
    slip = word[:-2] + "zz" + word[-2:]
    page = sent(worker, url, page, words=slip, **typed)
    assert f'name="spelt" value="{word}"' in page
    assert word not in url
