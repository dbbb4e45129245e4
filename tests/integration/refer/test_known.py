"""Somebody known already: to us, by name; to others, never who or where."""

import re

import pytest

from app.core.db import transaction
from app.core.keys.key_file import Keys
from app.core.keys.ring import Ring, ring, use
from referrals.refer.queries import known
from tests.integration.refer.walk import PERSON, draft, fill_in, id_of, ready, reasons
from tests.world import World

ELSEWHERE = "may already be working with a social prescribing team"


@pytest.fixture
def world(database):
    return World(database)


@pytest.fixture
def number(database, owner):
    """An NHS number of the test range that no other test of this process has used."""
    taken = owner.execute("select count(*) from agency").fetchone()[0]
    for serial in range(taken * 1000, 999999):
        nine = f"999{serial:06d}"
        check = 11 - sum(int(d) * w for d, w in zip(nine, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return nine + str(check % 11)
    raise AssertionError


def find(client, **answers):
    return fill_in(client, "/refer/find", answers).text


BORN = {
    f"date_of_birth-{part}": PERSON[f"date_of_birth-{part}"] for part in ("day", "month", "year")
}


def test_somebody_is_found_by_nhs_number(world, signed_in, number):
    world.referred(nhs_number=number)
    assert "Ines Almeida" in find(signed_in(world.nurse), nhs_number=number)


def test_somebody_is_found_by_name_and_birth_whatever_the_case(world, signed_in):
    world.referred()
    assert "Ines Almeida" in find(signed_in(world.gp), family_name="ALMEIDA", **BORN)


def test_another_practice_finds_nobody(world, signed_in, number):
    world.referred(nhs_number=number)
    client = signed_in(world.other_gp)
    assert "Nobody was found" in find(client, nhs_number=number)
    assert "Nobody was found" in find(client, family_name="Almeida", **BORN)


def test_too_little_to_look_for_is_refused_kindly(world, signed_in):
    client = signed_in(world.gp)
    assert "a last name and a date of birth" in find(client)
    assert "date of birth as well" in find(client, family_name="Almeida")
    assert "last name as well" in find(client, **BORN)


def test_nothing_personal_is_in_the_address_of_a_search(world, signed_in, number):
    client = signed_in(world.gp)
    answer = fill_in(client, "/refer/find", {"nhs_number": number})
    assert answer.request.query_string == b""


def test_somebody_known_is_filled_in_and_goes_straight_to_why(world, signed_in, number):
    world.referred(nhs_number=number, postcode="BN11 1AA")
    client = signed_in(world.gp)
    shown = find(client, nhs_number=number)
    path = re.search(r'action="(/refer/people/[^"]+)"', shown)[1]
    begun = fill_in(client, "/refer/find", {}, to=path)
    folder = begun.location.removesuffix("why")
    assert begun.location == folder + "why"
    done = fill_in(client, folder + "why", reasons(world))
    checked = client.get(done.location).text
    for words in ("Ines Almeida", "27 Mar 1948", "01632 960001", "BN11 1AA"):
        assert words in checked


def test_an_open_referral_of_our_own_is_said_with_a_link(world, signed_in, number):
    referral_id = world.referred(nhs_number=number)
    client = signed_in(world.gp)
    folder = ready_for_somebody_else(world, client, nhs_number=number)
    shown = client.get(folder + "check").text
    assert re.search(f'href="[^"]*{referral_id}', shown)
    assert "still open" in shown


def ready_for_somebody_else(world, client, **who):
    """A draft whose person was said not to be the one we know."""
    folder = draft(client, **who)
    fill_in(client, folder + "known", {"person": "somebody else"})
    fill_in(client, folder + "contact", {"phone": "01632 960003", "practice": "own"})
    fill_in(client, folder + "why", reasons(world))
    return folder


def test_typing_somebody_we_know_asks_whether_it_is_they(world, signed_in, number):
    world.referred(nhs_number=number, postcode="BN11 1AA")
    client = signed_in(world.gp)
    asked = fill_in(client, "/refer/new", {**PERSON, "preferred_name": "Nes"})
    assert asked.location.endswith("/known")
    shown = client.get(asked.location).text
    person = re.search(r'value="([0-9a-f-]{36})"[^>]*>\s*<label', shown)
    person = person or re.search(r'name="person" type="radio" value="([^"]+)"', shown)
    went_on = fill_in(client, asked.location, {"person": person[1]})
    assert id_of(went_on.location) != id_of(asked.location)
    fill_in(client, went_on.location, reasons(world))
    checked = client.get(went_on.location.replace("/why", "/check")).text
    assert "BN11 1AA" in checked
    assert "Nes" in checked
    assert client.get("/refer/").text.count("Throw away") == 1


def test_the_nhs_number_of_somebody_known_is_enough(world, signed_in, number):
    world.referred(nhs_number=number, postcode="BN11 1AA")
    client = signed_in(world.gp)
    asked = fill_in(client, "/refer/new", {"nhs_number": number})
    assert asked.location.endswith("/known")
    person = re.search(
        r'name="person" type="radio" value="([^"]+)"', client.get(asked.location).text
    )
    went_on = fill_in(client, asked.location, {"person": person[1]})
    assert went_on.location.endswith("/why")


def test_the_nhs_number_of_nobody_known_is_not(world, signed_in, number):
    assert fill_in(signed_in(world.gp), "/refer/new", {"nhs_number": number}).status_code == 422


def test_somebody_else_is_not_asked_about_again(world, signed_in, number):
    world.referred(nhs_number=number)
    client = signed_in(world.gp)
    folder = draft(client)
    assert fill_in(client, folder + "known", {"person": "somebody else"}).location.endswith(
        "/contact"
    )
    assert fill_in(client, folder + "who", PERSON).location.endswith("/contact")


@pytest.mark.parametrize("by_number", [True, False])
def test_another_agency_s_person_is_hinted_at_and_nothing_more(
    world, signed_in, number, by_number, owner
):
    world.referred(by=world.other_gp, nhs_number=number, given_name="Benedita")
    client = signed_in(world.gp)
    who = {"nhs_number": number, "family_name": "Other"} if by_number else {}
    folder = ready(world, client, who=who)
    shown = client.get(folder + "check").text
    assert ELSEWHERE in shown
    assert "You can still refer" in shown
    other = owner.execute("select name from agency where id = %s", [world.other_practice])
    assert other.fetchone()[0] not in shown
    assert "Benedita" not in shown


def test_nobody_else_s_person_gives_no_hint(world, signed_in):
    client = signed_in(world.gp)
    folder = ready(world, client, who={"family_name": "Nobodyhasthisname"})
    assert ELSEWHERE not in client.get(folder + "check").text


def test_our_own_person_is_not_somebody_elsewhere(world, signed_in, number):
    world.referred(nhs_number=number, family_name="Ourownname")
    client = signed_in(world.gp)
    folder = ready_for_somebody_else(world, client, nhs_number=number, family_name="Ourownname")
    assert ELSEWHERE not in client.get(folder + "check").text


def test_the_hint_works_while_the_index_key_is_being_rotated(world, signed_in, number):
    world.referred(by=world.other_gp, nhs_number=number)
    with transaction(world.gp):
        wanted = known.Wanted(nhs_number=number)
        assert known.known_elsewhere(wanted)
        before = ring()
        newer = (*before.index.all().values(), b"n" * 32)
        try:
            use(Ring(before.root, Keys(newer)))
            assert known.known_elsewhere(wanted), "the digest is still under the older key"
            use(Ring(before.root, Keys(newer[-1:])))
            assert not known.known_elsewhere(wanted), "and under no other"
        finally:
            use(before)
