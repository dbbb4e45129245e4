"""Walk through a referrer's pages with a test client, hidden fields included."""

import re
from html import unescape

from app.core.db import transaction
from tests.world import need_id

PERSON = {
    "given_name": "Ines",
    "family_name": "Almeida",
    "date_of_birth-day": "27",
    "date_of_birth-month": "March",
    "date_of_birth-year": "1948",
}
REACH = {"phone": "01632 960001", "phone_safe": "y", "practice": "own"}
NUMBER = "999 000 0018"


def reasons(world, **more):
    """The third page, filled in."""
    with transaction(world.gp):
        needs = [str(need_id("company.lonely")), str(need_id("money.debt"))]
    return {
        "needs": needs,
        "reason": "Lost her husband in spring",
        "urgency": "routine",
        "risks": "none",
        "agreement": "agreed",
        "reply_to": "surgery@example.org",
        **more,
    }


def fill_in(client, path, answers, *, to=""):
    """Open a page and send its form back with these answers."""
    shown = client.get(path)
    assert shown.status_code == 200, (path, shown.status_code)
    return client.post(to or path, data={**hidden(shown.text), **answers})


def hidden(html):
    """The hidden fields of the first form of a page that has any."""
    found = re.findall(r'<input[^>]*type="hidden"[^>]*>', html)
    fields = {}
    for one in found:
        name = re.search(r'name="([^"]+)"', one)[1]
        fields.setdefault(name, unescape(re.search(r'value="([^"]*)"', one)[1]))
    return fields


def draft(client, **who):
    """Begin a draft; the address of its folder, such as /refer/…/."""
    made = fill_in(client, "/refer/new", {**PERSON, **who})
    assert made.status_code == 303, made.text
    return made.location.rpartition("/")[0] + "/"


def ready(world, client, who=None, contact=None, why=None):
    """A draft with all its pages filled in; the address of its folder."""
    folder = draft(client, **(who or {}))
    second = fill_in(client, folder + "contact", {**REACH, **(contact or {})})
    assert second.status_code == 303, second.text
    third = fill_in(client, folder + "why", reasons(world, **(why or {})))
    assert (third.status_code, third.location) == (303, folder + "check"), third.text
    return folder


def id_of(folder):
    """The referral's id in such an address."""
    return folder.split("/")[2]
