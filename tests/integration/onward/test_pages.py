"""The pages of both sides, by every role that may and must not."""

import re
from dataclasses import replace

import pytest

from app.core.db import transaction
from tests.browse import page_of, sent
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


def test_a_community_referrer_sends_and_a_coordinator_answers(stage, signed_in):
    referral_id = stage.taken_on()
    worker, coordinator = signed_in(stage.worker), signed_in(stage.coordinator)
    found = page_of(worker, f"/onward/{referral_id}/find")
    find = f"/onward/{referral_id}/find"
    found = sent(worker, find, found, words="Tuesday coffee morning", need="", near="QS1")
    assert "Tuesday coffee morning" in found
    to = f"/onward/{referral_id}/to/{stage.service_id}"
    asked = page_of(worker, to)
    need = re.search(r'name="need_id" type="radio" value="([^"]+)"', asked)[1]
    preview = sent(worker, to, asked, need_id=need, words="Loves gardens", accompanied_by="no")
    assert "Check what will be sent" in preview
    assert "Ines Almeida" in preview
    assert "Lost her husband" not in preview[preview.index("<dl") : preview.index("</dl>")]
    refused = sent(worker, f"{to}/send", preview)
    assert "Confirm that the person has agreed" in refused
    done = sent(worker, f"{to}/send", refused, agreed="y")
    assert "Loves gardens" in done
    inbox = page_of(coordinator, "/inbox/")
    assert "Ines Almeida" in inbox
    onward = re.search(r'href="(/inbox/[0-9a-f-]{36})"', inbox)[1]
    assert "Loves gardens" in page_of(coordinator, onward)
    accept = page_of(coordinator, f"{onward}/accept")
    assert "Accepted" in sent(coordinator, f"{onward}/accept", accept, words="Ask for Ines")
    overview = page_of(worker, f"/onward/{referral_id}/")
    assert "New answer" in overview


def test_what_changed_after_the_preview_is_shown_again(stage, signed_in):
    referral_id = stage.taken_on()
    worker = signed_in(stage.worker)
    to = f"/onward/{referral_id}/to/{stage.service_id}"
    asked = page_of(worker, to)
    need = re.search(r'name="need_id" type="radio" value="([^"]+)"', asked)[1]
    shown = sent(worker, to, asked, need_id=need, words="", accompanied_by="no")
    with transaction(stage.worker):
        person = stage.get(stage.worker, referral_id).person
        person.identity = replace(person.identity, family_name="Alves")
    again = sent(worker, f"{to}/send", shown, agreed="y")
    assert "This has changed" in again
    assert "Ines Alves" in again
    done = sent(worker, f"{to}/send", again, agreed="y")
    assert "The service has been told" in done
    assert "Ines Alves" in done


def test_something_else_is_said_in_words_and_nothing_typed_is_lost(stage, signed_in):
    coordinator = signed_in(stage.coordinator)
    url = f"/inbox/{stage.sent_on()}/decline"
    again = sent(coordinator, url, page_of(coordinator, url), reason="other", words="")
    assert "Say why in words" in again
    assert "Declined" in sent(coordinator, url, again, reason="other", words="Moving house")
