"""Fill a form of a page in and send it, as a browser without scripts would."""

from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages import assert_valid


def fill_in(
    client: FlaskClient, page: str, answers: Mapping[str, Any], action: str | None = None
) -> TestResponse:
    """Open `page`, fill in the form that posts to `action` (or to the page) and send it."""
    given = client.get(page)
    assert given.status_code == 200, (given.status_code, given.text[:400])
    filled = hidden(given.text, action) | dict(answers)
    return client.post(action or page, data=filled)


def hidden(html: str, action: str | None = None) -> dict[str, str]:
    """The hidden fields of the form that posts to `action`, or to its own page."""
    for form in assert_valid(html).iter("form"):
        if form.get("method") == "post" and form.get("action") == action:
            return {
                one.get("name", ""): one.get("value", "")
                for one in form.iter("input")
                if one.get("type") == "hidden"
            }
    raise AssertionError(f"There is no form that posts to {action or 'this page'}")
