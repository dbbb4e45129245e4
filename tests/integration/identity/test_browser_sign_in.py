"""Signing in by clicking, in a real browser."""

from app.identity import assurance
from app.identity.actor import Role
from config.acts import DEFAULTS, Act, Need
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


def test_an_act_that_needs_a_young_sign_in_gives_back_what_was_ticked(member, browse, owner):
    administrator = member(Role.ADMINISTRATOR, name="Sam Reed")
    other = member(Role.REFERRER, of=administrator, name="Ada Byron")
    row = owner.execute("select id from membership where user_id = %s", [other.user_id]).fetchone()
    page = browse(administrator)
    page.goto(f"/people/{row[0]}")
    page.get_by_label("Privacy officer").check()
    assurance.configure({Act.CHANGE_MEMBERS: Need(max_age=60)})
    try:
        owner.execute(
            "update web_session set assurance_proof = null where user_id = %s",
            [administrator.user_id],
        )
        page.get_by_role("button", name="Save").click()
        page.get_by_role("heading", name="Sign in again to go on").wait_for()
        axe(page)
        look(page, "prove")
        with page.expect_popup() as opened:
            page.get_by_role("link", name="Sign in again (opens in a new tab)").click()
        opened.value.get_by_role("heading", name="You are signed in").wait_for()
        page.get_by_role("button", name="Show my answers again").click()
        assert page.get_by_label("Privacy officer").is_checked()
        page.get_by_role("button", name="Save").click()
        page.get_by_text("The roles are changed").wait_for()
    finally:
        assurance.configure(DEFAULTS)
