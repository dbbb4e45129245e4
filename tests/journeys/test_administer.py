"""Administer: an administrator lets a newcomer in, changes their role, and keeps agreements."""

import uuid

import pytest

from app.demonstration.provider.people import DemonstrationPerson
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from tests.pages import axe, look


@pytest.fixture
def newcomer(running, new_context):
    """Somebody whom nobody knows yet, in a browser of their own."""
    person = DemonstrationPerson(uuid.uuid4().hex, "Ada Byron", "new, Harbour team")
    running.provider.people[person.subject] = person
    page = new_context(base_url=running.url, viewport={"width": 820, "height": 1180}).new_page()
    page.goto("/sign-in")
    page.locator(f'button[value="{person.subject}"]').click()
    page.wait_for_url("**/account/waiting")
    return page


def test_a_newcomer_is_let_in_given_another_role_and_seen_out(newcomer, member, browse):
    agency = f"Harbour team {uuid.uuid4().hex[:6]}"
    boss = browse(member(Role.ADMINISTRATOR, agency=agency, kind=AgencyKind.LINK_WORKER_TEAM))

    newcomer.reload()
    axe(newcomer)
    look(newcomer, "waiting")
    newcomer.get_by_label("Which agency do you work for?").select_option(label=agency)
    newcomer.get_by_role("button", name="Ask to be let in").click()
    newcomer.get_by_role("heading", name="Waiting to be let in").wait_for()

    boss.get_by_role("link", name="People").first.click()
    axe(boss)
    boss.get_by_role("link", name="Decide about Ada Byron").click()
    axe(boss)
    look(boss, "let-in")
    boss.get_by_label("Administrator", exact=True).check()
    boss.get_by_role("button", name="Let them in").click()
    boss.get_by_text("They can come in from their next click").wait_for()

    newcomer.goto("/people")
    newcomer.get_by_text(f"Acting for {agency}").wait_for()

    boss.get_by_role("link", name="Change Ada Byron").click()
    axe(boss)
    look(boss, "member")
    boss.get_by_label("Administrator", exact=True).uncheck()
    boss.get_by_label("Team lead", exact=True).check()
    boss.get_by_role("button", name="Save").click()
    boss.get_by_text("The roles are changed").wait_for()
    assert newcomer.goto("/people").status == 403
    assert newcomer.goto("/account").status == 200

    boss.get_by_role("link", name="Change Ada Byron").click()
    boss.get_by_role("link", name=f"Remove from {agency}").click()
    axe(boss)
    boss.get_by_role("button", name="Remove").click()
    boss.get_by_text("They are no longer a member").wait_for()
    newcomer.goto("/account")
    newcomer.wait_for_url("**/account/waiting")


def test_an_agreement_is_recorded_shown_and_ended(member, browse):
    here, there = (f"{name} {uuid.uuid4().hex[:6]}" for name in ("Elm team", "Oak advice"))
    member(Role.ADMINISTRATOR, agency=there)
    page = browse(member(Role.ADMINISTRATOR, agency=here), width=820)
    page.get_by_role("link", name="Agreements").first.click()
    page.get_by_text("Nothing can be sent between two agencies without an agreement").wait_for()
    axe(page)
    look(page, "agreements")

    page.get_by_role("button", name="Record an agreement").click()
    axe(page)
    look(page, "agreement-new")
    page.get_by_role("button", name="Record the agreement").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    axe(page)
    page.get_by_label("Which agency is it with?").select_option(label=there)
    page.get_by_label("We may send to them").check()
    page.get_by_label("What is it for?").fill("Social prescribing referrals")
    starts = page.get_by_role("group", name="When does it start?")
    for part, text in (("Day", "1"), ("Month", "11"), ("Year", "2026")):
        starts.get_by_label(part).fill(text)
    page.get_by_role("button", name="Record the agreement").click()
    page.get_by_text("In force", exact=True).wait_for()
    axe(page)
    look(page, "agreements-one")

    page.get_by_role("link", name=f"End the agreement by which {here} sends to {there}").click()
    axe(page)
    page.get_by_role("button", name="End the agreement").click()
    page.get_by_text("Ended", exact=True).wait_for()
