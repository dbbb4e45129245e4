"""A browser without scripts: keeps cookies, follows redirects, fills in forms."""

import re
from html import unescape
from urllib.parse import urljoin

import requests

FIELD = re.compile(r'<input[^>]*type="hidden"[^>]*>')
NAME, VALUE = re.compile(r'name="([^"]*)"'), re.compile(r'value="([^"]*)"')


class Browser(requests.Session):
    """What a person would do, in a few words."""

    def sign_in(self, running, subject: str) -> requests.Response:
        """Start at Trellis, choose a person at the provider, come back."""
        picker = self.get(f"{running.url}/sign-in")
        assert "Choose who to be" in picker.text, picker.text
        return self.post(picker.url, data={"subject": subject})

    def fill_in(self, page: requests.Response, to: str = "", **answers) -> requests.Response:
        """Send a form of `page` with its hidden fields."""
        return self.post(urljoin(page.url, to), data=hidden(page.text) | answers)

    def sign_out(self, running) -> requests.Response:
        """Sign out of Trellis, and go where its page leads."""
        asked = self.get(f"{running.url}/sign-out")
        done = self.fill_in(asked, "/sign-out")
        assert done.status_code == 200, done.text
        _, _, address = done.headers.get("Refresh", "").partition("url=")
        return self.get(address) if address else done


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of a page; the first of each name."""
    found: dict[str, str] = {}
    for field in FIELD.findall(html):
        value = VALUE.search(field)
        found.setdefault(NAME.search(field)[1], unescape(value[1]) if value else "")
    return found
