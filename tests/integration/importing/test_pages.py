"""Nothing in a feed breaks a page, or runs in one."""

import uuid

import pytest

from app.core.db import NOBODY, transaction
from directory import catalogue
from tests.integration.importing.feeds import a_service

ATTACKS = (
    "<script>alert('marmoset')</script>",
    "&lt;script&gt;alert('marmoset')&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert('marmoset')",
    '"><img src=x onerror=alert(`marmoset`)>',
    "{{ 'mar' ~ 'mot' }}{% include '/etc/passwd' %}",
    "javascript:alert('marmoset')",
    "\x00\ud800\u202e%s%d{0}\\",
    "é" * 20_000,
)


def nasty(attack: str, word: str) -> dict:
    """A service with the same attack in every field."""
    place = {
        "id": f"{word}{attack}"[:150],
        "name": attack,
        "latitude": attack,
        "addresses": [{"address_1": attack, "city": attack, "postal_code": attack}],
        "accessibility": [{"description": attack}],
        "transportation": attack,
    }
    fields = ("alert", "url", "email", "fees", "eligibility_description", "minimum_age")
    lists = ("languages", "service_areas", "taxonomy_terms", "contacts", "phones", "schedules")
    inner = ("name", "number", "title", "freq", "byday", "description", "opens_at")
    return {
        **a_service(f"{word}{attack}"[:150], f"{word} {attack}", f"Friends {attack}"),
        **dict.fromkeys(fields, attack),
        **{one: [dict.fromkeys(inner, attack)] for one in lists},
        "service_at_locations": [{"location": place}],
        "assured_date": attack,
    }


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_a_service_that_is_nothing_but_attacks_is_a_harmless_page(take, application, attack):
    word = "w" + uuid.uuid4().hex
    taken = take([nasty(attack, word)])
    assert taken.counts["service added"] == 1, taken.report
    with transaction(NOBODY):
        [card] = catalogue.search(word).cards

    browser = application.test_client()
    for path in (f"/directory?words={word}", f"/directory/{card.id}"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert word in answer.text
        for running in ("<script>alert", "<img src=x", "onerror=alert(`marmoset`)>", "marmot"):
            assert running not in answer.text
        assert 'href="javascript' not in answer.text
