"""What is known of the person, their risks, and finding them again."""

from datetime import date, timedelta

import pytest

from app.core import clock
from app.core.db import transaction
from app.core.errors import Conflict, Denied
from app.identity.actor import Role
from referrals.caseload.actions import risk as risks
from referrals.record.models.risk import RiskTo
from referrals.record.queries import referral as referrals
from tests.integration.triage.test_queue import spoil
from tests.pages import assert_valid
from tests.typing_in import fill_in


def test_contact_details_and_what_the_referrer_wrote(world, taken_on, signed_in, owner):
    referral_id = taken_on(given_name="Ines", family_name="Almeida")
    client = signed_in(world.worker)
    answers = {
        "preferred_name": "Nina",
        "pronoun": "she",
        "phone": "07700 900 982",
        "email": "nina@example.org",
        "email_safe": "y",
        "address": "2 Sea Lane",
        "postcode": "bn111aa",
    }
    assert fill_in(client, f"/caseload/{referral_id}/person", answers).status_code == 303
    page = client.get(f"/caseload/{referral_id}").text
    for words in ("07700 900982", "Do not leave a message", "nina@example.org", "BN11 1AA"):
        assert words in page
    for words in ("likes to be called Nina", "Ines Almeida", "Elm Street Surgery"):
        assert words in page
    asked = fill_in(client, f"/caseload/{referral_id}/person", {"phone": "12"})
    assert asked.status_code == 422


def test_the_flags_at_the_top_follow_access_needs_and_risks(world, taken_on, signed_in):
    referral_id = taken_on()
    client = signed_in(world.worker)
    start = f"/caseload/{referral_id}"
    page = client.get(start).text
    assert "No known risks" in page
    assert "Access needs</strong>" not in page
    answers = {"information_formats": ["large print"], "interpreter_language": "BSL"}
    assert fill_in(client, f"{start}/access-needs", answers).status_code == 303
    soon = clock.today() + timedelta(days=30)
    review = {
        "review_on-day": soon.day,
        "review_on-month": soon.month,
        "review_on-year": soon.year,
    }
    answers = {"risk_to": "visitors", "words": "A dog in the hall"} | review
    assert fill_in(client, f"{start}/risks/new", answers).status_code == 303
    page = client.get(start).text
    for words in ("Access needs</strong>", "1 risk to know about", "A dog in the hall"):
        assert words in page
    with transaction(world.worker):
        row = referrals.risks(world.get(world.worker, referral_id))[0]
    path = f"{start}/risks/{row.id}"
    asked = fill_in(client, path, {"still": "yes", "words": ""})
    assert asked.status_code == 422
    assert "Enter what the risk is" in asked.text
    assert "Enter when you will look at it again" in asked.text
    answers = {"still": "yes", "words": "A calmer dog"} | review
    assert fill_in(client, path, answers).status_code == 303
    assert "A calmer dog" in client.get(start).text
    assert fill_in(client, path, {"still": "no", "words": "A calmer dog"}).status_code == 303
    none = fill_in(client, f"{start}/risks/new", {}, action=f"{start}/risks/none-known")
    assert none.status_code == 303
    assert "No known risks</strong>" in client.get(start).text


def test_no_known_risks_is_not_said_over_a_risk(world, taken_on):
    referral_id = taken_on(risk_to=("self",), risk_words="Very low")

    def attempt():
        with transaction(world.worker):
            risks.none_known(world.worker, world.get(world.worker, referral_id))

    with pytest.raises(Conflict):
        attempt()


def test_a_colleague_keeps_no_risks(world, taken_on):
    referral_id = taken_on()
    colleague = world.somebody(Role.LINK_WORKER, of=world.team)

    def attempt():
        with transaction(colleague):
            referral = world.get(colleague, referral_id)
            day = clock.today() + timedelta(days=9)
            risks.add(colleague, referral, RiskTo.SELF, "words", day)

    with pytest.raises(Denied):
        attempt()


def test_a_risk_asks_to_be_looked_at_again(world, met, now):
    referral_id = met()
    day = clock.today() + timedelta(days=2)
    with transaction(world.worker):
        risks.add(world.worker, world.get(world.worker, referral_id), RiskTo.SELF, "words", day)
    assert (now(referral_id).next_step, now(referral_id).next_due_on) == ("review a risk", day)


def test_the_page_is_for_the_team_only(world, taken_on, signed_in):
    referral_id = taken_on()
    colleague = world.somebody(Role.LINK_WORKER, of=world.team)
    for actor, code in (
        (world.worker, 200),
        (world.lead, 200),
        (colleague, 200),
        (world.gp, 403),
        (world.other_lead, 404),
        (world.coordinator, 404),
        (world.commissioner, 404),
        (world.administrator, 404),
    ):
        client = signed_in(actor)
        for path in (f"/caseload/{referral_id}", f"/caseload/{referral_id}/print"):
            page = client.get(path)
            assert page.status_code == code, (actor.roles, path)
            if code == 200:
                assert_valid(page.text)
                assert ("Add a need" in page.text) == (
                    actor is not colleague and not path.endswith("print")
                )


@pytest.mark.parametrize(
    "answers",
    [
        {"nhs_number": "999 000 0018"},
        {"family_name": "ALMEIDA", "date_of_birth-day": "27", "date_of_birth-month": "3",
         "date_of_birth-year": "1948"},
        {"words": "ines alm"},
        {"words": "960001"},
        {"words": "sea lane"},
        {"words": "bn11"},
    ],
)  # fmt: skip
def test_found_by(world, taken_on, signed_in, answers):
    taken_on(
        given_name="Inês",
        family_name="Almeida",
        nhs_number="9990000018",
        postcode="BN11 1AA",
        date_of_birth=date(1948, 3, 27),
    )
    taken_on(given_name="Other", family_name="Person", phone="01632 960777", postcode="S1 1AA",
             date_of_birth=date(1950, 1, 1))  # fmt: skip
    answers = dict(answers)
    found = fill_in(signed_in(world.worker), "/caseload/find", answers)
    assert found.status_code == 200
    assert_valid(found.text)
    assert "Inês Almeida" in found.text
    if answers != {"words": "sea lane"}:
        assert "1 referral found" in found.text


def test_the_search_ends_at_the_team_and_by_words_at_the_caseload(world, taken_on, signed_in):
    tess = world.somebody(Role.LINK_WORKER, of=world.team)
    taken_on(by=tess, given_name="Ines", family_name="Almeida", nhs_number="9990000018")
    exact, words = {"nhs_number": "9990000018"}, {"words": "Almeida"}
    for actor, by_number, by_words in (
        (world.worker, True, False),
        (tess, True, True),
        (world.lead, True, True),
        (world.other_lead, False, False),
    ):
        client = signed_in(actor)
        assert ("Ines" in fill_in(client, "/caseload/find", exact).text) is by_number
        assert ("Ines Almeida" in fill_in(client, "/caseload/find", words).text) is by_words


def test_a_search_for_nothing_asks_for_something(world, signed_in):
    client = signed_in(world.worker)
    asked = fill_in(client, "/caseload/find", {})
    assert asked.status_code == 422
    assert "Enter an NHS number, a last name with a date of birth, or any words" in asked.text
    assert fill_in(client, "/caseload/find", {"nhs_number": "999 000 0019"}).status_code == 422
    for odd in ("%", "_", "''", "…"):
        assert "Nobody found" in fill_in(client, "/caseload/find", {"words": odd}).text


def test_a_search_passes_over_what_does_not_open(world, owner, taken_on, signed_in):
    spoil(owner, taken_on(given_name="Bo", family_name="Broken"))
    taken_on(given_name="Ada", family_name="Whole")
    found = fill_in(signed_in(world.worker), "/caseload/find", {"words": "ada"})
    assert "Ada Whole" in found.text
