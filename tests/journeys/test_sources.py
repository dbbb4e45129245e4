"""A curator adds a feed, sees what it would change, and which words come from it."""

import uuid

import pytest

from app.core.db import NOBODY, transaction
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from directory import catalogue
from directory.actions import listing
from directory.actions.topics.contact import Contact
from directory.queries import service as services
from directory.sources.actions import reading
from tests.integration.importing.feeds import a_service
from tests.integration.sources.conftest import feed, reference
from tests.pages import axe, look

__all__ = ["feed", "reference"]


@pytest.fixture
def curator(member):
    """Somebody at the council who keeps the whole directory."""
    return member(Role.CURATOR, kind=AgencyKind.COUNCIL)


def test_a_curator_fills_the_directory_from_a_feed(curator, browse, feed):
    word, name = f"w{uuid.uuid4().hex}", f"Kittering {uuid.uuid4().hex[:6]}"
    feed.services = [
        a_service("1", f"Tea {word}", phones=[{"number": "01"}], assured_date="2026-10-01"),
        a_service("2", "Cake", url="javascript:alert(1)"),
        a_service("3", " "),
    ]
    page = browse(curator)
    page.goto("/directory/sources")
    page.get_by_role("button", name="Add a source").click()
    axe(page)
    look(page, "sources-new")
    page.get_by_label("What is it called?").fill(name)
    page.get_by_label("Address of the feed").fill(feed.address)
    page.get_by_label("Every week").check()
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("heading", name=name).wait_for()
    source_id = uuid.UUID(page.url.rsplit("/", 1)[1])

    reading.read(source_id, dry_run=True, loopback=True)
    page.reload()
    page.get_by_text("This was a check: nothing was changed").wait_for()
    assert page.get_by_text("the name is empty").count() == 1
    axe(page)
    look(page, "sources-checked")

    page.get_by_role("button", name="Read it now").click()
    page.get_by_text("It is being read now", exact=False).wait_for()
    reading.read(source_id, dry_run=False, loopback=True)
    with transaction(NOBODY):
        [card] = catalogue.search(word).cards
    with transaction(curator):
        listing.change(curator, services.kept(curator, card.id), Contact("", "02"))
    page.goto(f"/directory/mine/{card.id}")
    page.get_by_role("link", name="Where each field comes from").click()
    page.get_by_text("Changed here").wait_for()
    axe(page)
    look(page, "sources-origins")
    page.get_by_role("button", name="Follow the source").click()
    page.get_by_text("Phone follows its source again").wait_for()
    assert page.get_by_text("Changed here").count() == 0
    page.goto("/directory/sources")
    page.get_by_role("link", name=name).wait_for()
    axe(page)
    look(page, "sources-list")
