"""Pages fetched with Flask's client, as a person would: every page valid, forms with their keys."""

import html
import re
from typing import Any

from flask.testing import FlaskClient

from tests.pages import assert_valid


def page_of(client: FlaskClient, url: str, status: int = 200) -> str:
    """The page at an address, valid and with this status."""
    answer = client.get(url)
    assert answer.status_code == status, answer.text[:3000]
    assert_valid(answer.text)
    return answer.text


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of the main part of a page."""
    main = text[text.index('id="maincontent"') :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main)
    return {name: html.unescape(value) for name, value in found}


def sent(client: FlaskClient, url: str, text: str, /, **answers: Any) -> str:
    """Send the form on a page with these answers; the page it leads to."""
    answer = client.post(url, data={**hidden(text), **answers})
    if answer.status_code == 303:
        return page_of(client, answer.location)
    assert answer.status_code in (200, 409, 422), answer.text[:3000]
    assert_valid(answer.text)
    return answer.text
