"""Signing in by clicking, in a real browser."""

from app.identity.actor import Role
from tests.pages import axe, look


def test_a_link_worker_signs_in_by_clicking_their_name_and_signs_out(member, browse, running):
    worker = member(Role.LINK_WORKER, name="Priya Shah", agency="Riverside team")
    page = browse(worker)
    assert page.get_by_text("Acting for Riverside team").is_visible()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{running.url}/signed-out**")
    assert page.get_by_role("heading", name="You have signed out").is_visible()


def test_the_provider_page_is_accessible_at_every_width(member, choosable, running, new_context):
    choosable(member(Role.LINK_WORKER, name="Priya Shah", agency="Riverside team"))
    page = new_context().new_page()
    page.goto(f"{running.url}/sign-in")
    page.get_by_role("button", name="Priya Shah").first.wait_for()
    axe(page)
    look(page, "provider")


def test_the_pages_of_an_administrator_are_accessible_at_every_width(member, browse):
    page = browse(member(Role.ADMINISTRATOR, name="Sam Reed"))
    for address in (
        "/account",
        "/people",
        "/people/agency",
        "/agreements",
        "/agreements/new",
        "/sign-out",
    ):
        page.goto(address)
        axe(page)
        look(page, address.strip("/").replace("/", "-"))
