"""A community referrer's day, on a tablet."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import transaction
from referrals.caseload.actions import encounter, plan
from referrals.caseload.actions.encounter import EncounterDraft
from referrals.caseload.models.encounter import Kind, Outcome
from referrals.caseload.models.plan import Who
from referrals.record.models.person import Requirements
from referrals.record.queries import referral as referrals
from referrals.triage.actions import answer
from tests.integration.triage.test_queue import overdue
from tests.pages import axe, look
from tests.world import World


@pytest.fixture
def world(database):
    return World(database)


@pytest.fixture
def taken_on(world):
    def make(**said):
        referral_id = world.referred(**said)
        with transaction(world.lead):
            referral = world.get(world.lead, referral_id)
            answer.accept(world.lead, referral, world.worker.user_id)
        return referral_id

    return make


def said(page, words):
    page.get_by_role("status").get_by_text(words).wait_for()


def checked(page, name, title):
    page.get_by_role("heading", name=title).first.wait_for()
    axe(page)
    look(page, f"caseload-{name}")


def with_a_plan(world, referral_id, due):
    """Somebody who was reached and has an action that others are to do."""
    with transaction(world.worker):
        referral = world.get(world.worker, referral_id)
        spoke = EncounterDraft(clock.today(), Kind.TELEPHONE, Outcome.SPOKE, note="A good talk.")
        encounter.record(world.worker, referral, spoke)
        need = referrals.needs(referral)[0]
        goal = plan.add_goal(world.worker, referral, need, "Company on Tuesdays", 8)
        step = plan.ActionDraft("Ring the coffee morning", Who.PERSON, due, 7)
        plan.add_action(world.worker, referral, goal, step)


def test_a_day_on_a_tablet(world, owner, taken_on, browse):
    today = clock.today()
    first = taken_on(
        given_name="Ines",
        family_name="Almeida",
        risk_to=("visitors",),
        risk_words="A large dog, friendly once he knows you.",
        requirements=Requirements(interpreter_language="Portuguese", mobility="Uses a frame"),
        own_words="The evenings are long.",
        needs=("company.lonely", "money.debt"),
    )
    overdue(owner, first, 2)
    taken_on(given_name="Bo", family_name="Lindqvist")
    with_a_plan(world, taken_on(given_name="Cyril", family_name="Adeyemi"), today + timedelta(3))

    page = browse(world.worker, width=820, height=1180)
    page.goto("/caseload/")
    headings = page.get_by_role("heading", level=2).all_inner_texts()
    assert [one for one in headings if one in ("Overdue", "Due", "Waiting on others")] == [
        "Overdue",
        "Due",
        "Waiting on others",
    ]
    checked(page, "index", "Your caseload")

    page.get_by_role("link", name="Ines").click()
    page.get_by_text("First contact", exact=False).first.wait_for()
    checked(page, "show-new", "Ines Almeida")
    page.get_by_role("button", name="Record an encounter").click()
    checked(page, "encounter", "Record an encounter")
    page.get_by_role("button", name="Save").click()
    checked(page, "encounter-mistakes", "There is a problem")
    page.get_by_label("Face to face").check()
    page.get_by_label("We spoke").check()
    page.get_by_label("Note").fill("Met at home. Would like to meet people\nand sort out a bill.")
    page.get_by_label("How many minutes did it take?").fill("45")
    page.get_by_label("Where?").select_option(label="At home")
    page.get_by_text("Who else was there").first.click()
    page.get_by_label("Interpreter").check()
    page.get_by_role("button", name="Save").click()
    said(page, "Encounter recorded")
    page.get_by_text("Make a plan together").wait_for()

    page.get_by_role("link", name="Add a goal for Feeling lonely or cut off").click()
    page.get_by_label("What do they want?").fill("To have somebody to talk to on Tuesdays")
    page.get_by_label("How important is it to them?").fill("11")
    page.get_by_role("button", name="Save").click()
    checked(page, "goal-mistake", "There is a problem")
    page.get_by_label("How important is it to them?").fill("9")
    page.get_by_role("button", name="Save").click()
    said(page, "Goal added")
    page.get_by_role("link", name="Add an action to this goal").click()
    checked(page, "action", "Add an action")
    page.get_by_label("What will happen?").fill("Go to the coffee morning together")
    page.get_by_label("The community referrer").check()
    soon = today + timedelta(days=5)
    for part, text in (("Day", soon.day), ("Month", soon.month), ("Year", soon.year)):
        page.get_by_label(part).fill(str(text))
    page.get_by_label("How sure are they that it will happen?").fill("7")
    page.get_by_role("button", name="Save").click()
    said(page, "Action added")
    page.get_by_text("Do what was agreed").wait_for()
    checked(page, "show-planned", "Ines Almeida")

    page.get_by_role("link", name="Change what matters to them").click()
    page.get_by_label("What matters most to me").fill("My garden, and my sister in Lisbon")
    checked(page, "about-me", "About me")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("My garden, and my sister in Lisbon").wait_for()

    page.get_by_role("link", name="Change contact details").click()
    checked(page, "person", "Change contact details")
    page.get_by_label("What do they like to be called?").fill("Nina")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("likes to be called Nina", exact=True).wait_for()
    page.get_by_role("link", name="Change access needs").click()
    checked(page, "access-needs", "Change access needs")
    page.get_by_label("Large print").check()
    page.get_by_role("button", name="Save").click()
    said(page, "Access needs changed")
    page.get_by_role("link", name="Review or end this risk").click()
    checked(page, "risk-review", "Review a risk")
    page.get_by_label("No, it has ended").check()
    page.get_by_role("button", name="Save").click()
    said(page, "Risk reviewed")
    page.get_by_role("button", name="Add a risk").click()
    checked(page, "risk", "Add a risk")
    page.get_by_role("button", name="No known risks").click()
    said(page, "No known risks")
    page.get_by_role("button", name="Add a need").click()
    checked(page, "need", "Add a need")

    page.goto(f"/caseload/{first}/print")
    checked(page, "paper", "Ines Almeida")

    page.goto("/caseload/find")
    checked(page, "find", "Find a person")
    page.get_by_label("Part of a name").fill("alm 01632 960001")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Nina").wait_for()
    assert "alm" not in page.url
    checked(page, "found", "1 referral found")
