"""A team lead answers what was sent to the team, in a real browser."""

from datetime import timedelta

import pytest

from app.core import clock
from app.identity.actor import Role
from referrals.record.models.person import Requirements
from referrals.record.models.referral import Urgency
from tests.integration.triage.test_queue import overdue
from tests.pages import axe, look
from tests.world import World


@pytest.fixture
def world(database):
    return World(database)


def said(page, words):
    page.get_by_role("status").get_by_text(words).wait_for()


def checked(page, name, title):
    page.get_by_role("heading", name=title).first.wait_for()
    axe(page)
    look(page, f"triage-{name}")


def fill_date(page, legend, day):
    group = page.get_by_role("group", name=legend)
    for part, text in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(text))


def test_a_lead_takes_on_declines_pauses_and_shares_out(world, owner, browse):
    world.worker, world.somebody(Role.LINK_WORKER, of=world.team, name="Tess Moor")
    world.referred(
        given_name="Ines",
        family_name="Almeida",
        needs=("money.debt", "company.lonely"),
        own_words="The evenings are long.",
        risk_to=("visitors",),
        risk_words="A large dog, friendly once he knows you.",
        requirements=Requirements(interpreter_language="Portuguese", mobility="Uses a frame"),
        urgency=Urgency.URGENT,
    )
    late = world.referred(by=world.librarian, given_name="Bo", family_name="Lindqvist")
    overdue(owner, late, 2)
    world.referred(given_name="Cyril", family_name="Adeyemi", needs=("home.repairs",))
    page = browse(world.lead)
    page.goto("/triage/")
    checked(page, "queue", "Triage")

    page.get_by_role("row", name="Ines Almeida").get_by_role("link").click()
    page.get_by_role("heading", name="Ines Almeida").wait_for()
    checked(page, "judge", "Ines Almeida")
    page.get_by_role("button", name="Take on").click()
    checked(page, "judge-mistake", "There is a problem")
    page.get_by_label("Priya Shah").check()
    page.get_by_role("button", name="Take on").click()
    said(page, "Referral taken on")
    assert page.get_by_text("Ines Almeida").count() == 0

    page.get_by_role("row", name="Bo Lindqvist").get_by_role("link").click()
    page.get_by_role("link", name="Decline").click()
    checked(page, "decline", "Decline this referral")
    page.get_by_role("button", name="Decline").click()
    checked(page, "decline-mistakes", "There is a problem")
    page.get_by_label("They live outside our area").check()
    page.get_by_label("What should the referrer know?").fill("The Oak team covers Kittering.")
    page.get_by_role("button", name="Decline").click()
    said(page, "Referral declined")

    page.get_by_role("row", name="Cyril Adeyemi").get_by_role("link").click()
    page.get_by_role("link", name="Put on hold").click()
    checked(page, "hold", "Put on hold")
    page.get_by_label("No place for now: waiting list").check()
    fill_date(page, "When will you look at it again?", clock.today() + timedelta(days=20))
    page.get_by_role("button", name="Put on hold").click()
    said(page, "Referral put on hold")
    checked(page, "on-hold", "Cyril Adeyemi")
    page.get_by_role("button", name="Resume").click()
    said(page, "Referral resumed")

    page.goto("/triage/reallocation")
    page.get_by_label("Whose caseload?").select_option(label="Priya Shah (1 open referral)")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("Which referrals?").wait_for()
    checked(page, "reallocate", "Share out a caseload again")
    page.get_by_label("Ines Almeida").check()
    page.get_by_label("Tess Moor").check()
    page.get_by_role("button", name="Move").click()
    said(page, "Moved 1 referral")
    checked(page, "reallocated", "Share out a caseload again")
