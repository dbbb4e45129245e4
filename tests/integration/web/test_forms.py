"""A form is protected, has a key, and loses nothing that was typed."""

import re
import uuid
from types import SimpleNamespace

import pytest

from app.core.errors import Invalid
from app.identity.actor import Role
from app.ui.forms import SecureForm, VersionedForm
from tests.integration.web.gallery import GalleryForm

ACTOR = SimpleNamespace(user_id=uuid.uuid4())
KEY = "5f0d2f5e-6f0a-4a57-9b51-1f6d3c0d9a11"


def submission(shown, answers, path="/gallery/form"):
    with shown.test_request_context(path, method="POST", data=answers):
        return GalleryForm().submission(ACTOR)


def test_a_submission_is_the_same_whatever_the_token_and_the_line_ends(shown):
    first = submission(shown, {"idempotency_key": KEY, "csrf_token": "a", "reason": "x\r\ny"})
    again = submission(shown, {"reason": "x\ny", "csrf_token": "b", "idempotency_key": KEY})
    assert first == again
    assert (first.user_id, first.key) == (ACTOR.user_id, uuid.UUID(KEY))


@pytest.mark.parametrize(
    ("answers", "path"),
    [
        ({"reason": "other"}, "/gallery/form"),
        ({"reason": "x", "needs": ["debt"]}, "/gallery/form"),
        ({"reason": "x"}, "/gallery/kept"),
    ],
)
def test_other_answers_or_another_place_are_another_submission(shown, answers, path):
    first = submission(shown, {"idempotency_key": KEY, "reason": "x"})
    assert submission(shown, {"idempotency_key": KEY, **answers}, path) != first


@pytest.mark.parametrize("key", ["", "x", "5f0d2f5e"])
def test_a_form_without_a_key_says_to_open_it_again(shown, key):
    with pytest.raises(Invalid, match="Open this form again"):
        submission(shown, {"idempotency_key": key})


def test_every_opening_of_a_form_has_a_key_of_its_own(shown):
    pages = [shown.test_client().get("/gallery/form").text for _ in range(2)]
    keys = {re.search('name="idempotency_key" value="([^"]+)"', page)[1] for page in pages}
    assert len(keys) == 2


def test_two_forms_on_a_page_keep_apart_by_a_prefix(shown):
    answers = {"one-idempotency_key": KEY, "two-idempotency_key": str(uuid.uuid4())}
    with shown.test_request_context("/gallery/form", method="POST", data=answers):
        assert SecureForm(prefix="one").submission(ACTOR).key == uuid.UUID(KEY)


@pytest.mark.parametrize(("typed", "version"), [("3", 3), ("", -1), ("x", -1), ("-1", -1)])
def test_a_version_is_a_number_or_never_matches(shown, typed, version):
    with shown.test_request_context("/gallery/form", method="POST", data={"version": typed}):
        assert VersionedForm().version.data == version


def test_a_version_of_a_stored_row_is_in_the_page(shown):
    with shown.test_request_context("/gallery/form"):
        assert 'name="version" value="3"' in VersionedForm(version=3).open()


def test_a_token_of_another_session_keeps_the_answers_and_says_what_to_do(shown, signed_in, member):
    client = signed_in(member(Role.REFERRER), shown)
    answers = {"csrf_token": "of another session", "given_name": "Zoë", "idempotency_key": KEY}
    answer = client.post("/gallery/form", data=answers)
    assert answer.status_code == 422
    assert "Check your answers, which are all still here" in answer.text
    assert 'value="Zoë"' in answer.text


def test_a_form_that_met_a_fault_can_be_sent_again_as_it_was(shown):
    answers = {"idempotency_key": KEY, "reason": "<typed>", "needs": ["debt", "housing"]}
    answer = shown.test_client().post("/gallery/fault?page=1", data=answers)
    assert answer.status_code == 503
    assert 'action="/gallery/fault?page=1"' in answer.text
    assert 'name="reason" value="&lt;typed&gt;"' in answer.text
    assert answer.text.count('name="needs"') == 2
    assert KEY in answer.text


def test_a_form_sent_without_a_connection_stays_with_what_was_typed(page):
    page.goto("/gallery/form")
    page.get_by_label("Given name").fill("Zoë")
    page.context.set_offline(True)
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("There is no connection").wait_for()
    assert page.get_by_label("Given name").input_value() == "Zoë"
    page.context.set_offline(False)
    page.wait_for_timeout(1100)  # the button takes a second click as a slip for one second
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("There is a problem").wait_for()
    assert page.get_by_label("Given name").input_value() == "Zoë"


def test_the_button_that_was_pressed_is_sent(page):
    page.goto("/gallery/form")
    with page.expect_request(lambda one: one.method == "POST") as sent:
        page.get_by_role("button", name="Save and come back later").click()
    assert "later=yes" in sent.value.post_data


def test_without_javascript_a_form_works(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/gallery/form")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Enter the given name").click()
    assert page.url.endswith("#given_name")
    context.close()
