"""Every part of the shared look, in a browser: axe, three widths, no script errors, no script."""

import pytest

from app.identity.actor import Role
from tests.pages import assert_valid, axe, look

PAGES = ["/gallery/form", "/gallery/parts", "/gallery/print", "/", "/nowhere", "/privacy"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_valid_and_labelled(shown, address):
    assert_valid(shown.test_client().get(address).text)


def test_a_form_with_mistakes_is_valid_and_says_so_in_its_title(shown):
    answer = shown.test_client().post("/gallery/form", data={"born-day": "27", "needs": "nonsense"})
    assert answer.status_code == 422
    assert "<title>Error: Refer someone" in answer.text
    assert_valid(answer.text)


@pytest.mark.parametrize("address", PAGES)
def test_axe_and_the_three_widths_find_nothing(page, address):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    axe(page)
    look(page, address.strip("/").replace("/", "-") or "front")
    assert [one for one in complaints if "404" not in one] == []


def test_an_error_summary_leads_to_the_control_to_mend(page):
    page.goto("/gallery/form")
    page.get_by_label("Day").fill("27")
    page.get_by_label("Month").fill("March")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Date of birth must include a year").click()
    assert page.evaluate("document.activeElement.id") == "born-year"
    assert page.get_by_label("Month").input_value() == "March"
    axe(page)
    look(page, "form-with-mistakes")


def test_an_actor_with_every_place_has_a_header_that_fits(shown, signed_in, member, page):
    actor = member(*Role, agency="Going Local, Adur and Worthing Councils", name="Priya Shah")
    member(Role.LINK_WORKER, also=actor, agency="Elm team")
    client = signed_in(actor, shown)
    cookie = client.get_cookie(shown.session_interface.cookie_name)
    page.goto("/")
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.url}])
    for address in ("/", "/gallery/parts", "/gallery/form"):
        page.goto(address)
        axe(page)
        look(page, "actor-" + (address.strip("/").replace("/", "-") or "home"))
