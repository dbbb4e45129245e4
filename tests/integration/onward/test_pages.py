"""The pages of both sides, by every role that may and must not."""

import re

import pytest

from tests.pages import assert_valid
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


def fields(html):
    """The hidden fields of the first form of the main part."""
    main = html[html.index('id="maincontent"') :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main)
    return dict(found)


def page_of(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer.text[:3000]
    assert_valid(answer.text)
    return answer.text


def sent(client, url, html, **answers):
    """Post a form with its hidden fields; follow to the page it leads to."""
    answer = client.post(url, data={**fields(html), **answers})
    if answer.status_code == 303:
        return page_of(client, answer.location)
    assert_valid(answer.text)
    return answer.text


def test_a_community_referrer_sends_and_a_coordinator_answers(stage, signed_in):
    referral_id = stage.taken_on()
    worker, coordinator = signed_in(stage.worker), signed_in(stage.coordinator)
    found = page_of(worker, f"/onward/{referral_id}/find")
    find = f"/onward/{referral_id}/find"
    found = sent(worker, find, found, words="coffee", need="", near="QS1")
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
