"""Staff find with what is known filled in, and see what became of earlier referrals."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.db import transaction
from directory.actions.topics.places import Place, Places
from referrals.inbox.actions import answer, attendance
from referrals.inbox.queries import inbox
from referrals.onward.queries import observed
from referrals.record.models.person import Requirements
from tests.browse import page_of, sent
from tests.stage import Stage


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
