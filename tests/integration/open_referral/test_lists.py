"""Pages, every filter, and what is said when a parameter makes no sense."""

from datetime import time

import pytest

from app.core.db import NOBODY, transaction
from directory.actions import listing
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.opening import Opening
from directory.actions.topics.times import Times
from directory.models.schedule import Day
from directory.models.timetable import Session
from directory.queries import needs
from directory.queries import service as services
from tests.counting import statements


@pytest.fixture
def many(charity):
    """Seven services with a word of their own."""
    for number in range(7):
        charity.lists(f"Wombat {number}", needs=("money.debt",))
    return charity


def test_pages_hold_everything_once(read, many):
    asked = {"organization_id": many.organisation.id, "per_page": 3}
    pages = [read("/services", page=number, **asked) for number in (1, 2, 3)]

    names = [one["name"] for page in pages for one in page["contents"]]
    assert sorted(names) == [f"Wombat {number}" for number in range(7)]
    assert [one["size"] for one in pages] == [3, 3, 1]
    assert [one["first_page"] for one in pages] == [True, False, False]
    assert [one["last_page"] for one in pages] == [False, False, True]
    assert {(one["total_items"], one["total_pages"]) for one in pages} == {(7, 3)}


def test_a_page_after_the_last_is_empty(read, many):
    found = read("/services", organization_id=many.organisation.id, page=99)

    assert (found["empty"], found["last_page"], found["contents"]) == (True, True, [])


def test_nothing_found_is_one_empty_page(read):
    found = read("/services", search="zzyzx")

    assert (found["total_items"], found["total_pages"], found["empty"]) == (0, 1, True)


def test_the_length_of_a_whole_list_is_counted_anew_when_something_is_new(read, charity):
    before = read("/services", per_page=1)["total_items"]
    charity.lists("Uncounted numbat")
    assert read("/services", per_page=1)["total_items"] > before


def test_the_best_match_comes_first_until_there_are_too_many(read, charity, monkeypatch):
    charity.lists("Something else", description="Near the bilby and potoroo sanctuary")
    charity.lists("Bilby potoroo")
    found = read.names("/services", search="bilby potoroo")
    assert found == ["Bilby potoroo", "Something else"]

    monkeypatch.setattr("directory.open_referral.queries.service.WEIGHED", 1)
    ids = [one["id"] for one in read("/services", search="bilby potoroo")["contents"]]
    assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"search": "axolotl"}, True),
        ({"search": "axolotl lonely"}, True),
        ({"search": "axolotl zzyzx"}, False),
        ({"minimum_age": 18}, True),
        ({"minimum_age": 19}, False),
        ({"maximum_age": 65}, True),
        ({"maximum_age": 64}, False),
        ({"day": "TU"}, True),
        ({"day": "friday"}, True),
        ({"day": "MO"}, False),
        ({"start_time": "18:00"}, True),
        ({"start_time": "20:00"}, False),
        ({"end_time": "12:00"}, True),
        ({"end_time": "11:59"}, False),
        ({"day": "FR", "end_time": "12:00"}, False),
        ({"modified_after": "2020-01-01"}, True),
        ({"modified_after": "2999-01-01T00:00:00Z"}, False),
        ({"modified_after": "2020-01-01T00:00:00+01:00"}, True),
        ({"search": "", "day": " "}, True),
        ({"text": "of nobody's"}, True),
    ],
)
def test_a_filter_finds_what_it_says(read, club, asked, is_found):
    asked = {"organization_id": club.organisation_id} | asked
    for path in ("/services", "/service_at_locations"):
        assert ("Axolotl club" in read.names(path, **asked)) is is_found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"postcode": "QS2 1AA"}, ["Harbour Hall", "St Anne's"]),
        ({"postcode": "qs11aa", "proximity": 1_000_000}, ["Harbour Hall", "St Anne's"]),
        ({"postcode": "QS2 1AA", "proximity": 500}, ["Harbour Hall"]),
        ({"postcode": "QS2"}, ["Harbour Hall", "St Anne's"]),
        ({"postcode": "QS3 1AA"}, []),
    ],
)
def test_places_are_near_and_for_who_lives_there(read, club, asked, found):
    asked = {"organization_id": club.organisation_id} | asked
    places = read("/service_at_locations", **asked)["contents"]

    assert [one["location"]["name"] for one in places] == found


def test_a_term_finds_services_with_it_or_with_one_under_it(read, club):
    with transaction(NOBODY):
        lonely, energy = needs.with_codes(["company.lonely", "money.energy"])
        group, taxonomy = lonely.parent_id, lonely.taxonomy_id
    of = {"organization_id": club.organisation_id}

    assert read.names(taxonomy_term_id=lonely.id, **of) == ["Axolotl club"]
    assert read.names(taxonomy_term_id=group, **of) == ["Axolotl club"]
    assert read.names(taxonomy_term_id=energy.id, **of) == []
    assert read.names(taxonomy_id=taxonomy, **of) == ["Axolotl club"]
    assert read.names(taxonomy_id=club.id, **of) == []


def test_minimal_says_what_to_fetch_again(read, many):
    found = read("/services", organization_id=many.organisation.id, minimal="true")

    assert (found["size"], found["total_pages"]) == (7, 1)
    assert {frozenset(one) for one in found["contents"]} == {frozenset({"id", "last_modified"})}
    places = read("/service_at_locations", minimal="1")["contents"]
    assert all(set(one) == {"id", "service_id", "last_modified"} for one in places)


def test_a_full_list_holds_what_each_record_holds(read, club):
    of = {"organization_id": club.organisation_id, "full": "true"}

    assert read("/services", **of)["contents"] == [read(f"/services/{club.id}")]
    for one in read("/service_at_locations", **of)["contents"]:
        assert one == read(f"/service_at_locations/{one['id']}")


def test_a_service_that_has_closed_stays_with_its_status(read, charity, club):
    coordinator = charity.coordinator
    with transaction(coordinator):
        found = services.kept(coordinator, club.id)
        listing.change(coordinator, found, Opening("temporarily closed", "Flooded"))
    told = read("/services", organization_id=club.organisation_id)["contents"][0]

    assert (told["status"], told["alert"]) == ("temporarily closed", "Flooded")


@pytest.mark.parametrize(
    ("parameter", "value", "advice"),
    [
        ("page", "0", "Give a whole number from 1"),
        ("page", "two", "Give a whole number, such as 2"),
        ("page", "9" * 40, "Give a whole number from 1"),
        ("per_page", "501", "Give a whole number from 1 to 500"),
        ("minimum_age", "-1", "Give a whole number from 0 to 130"),
        ("maximum_age", "old", "Give a whole number, such as 2"),
        ("start_time", "25:00", "Give a time of day, such as 09:30"),
        ("end_time", "noon", "Give a time of day, such as 09:30"),
        ("day", "someday", "Give one of MO, TU"),
        ("modified_after", "yesterday", "Give a date and time"),
        ("taxonomy_id", "needs", "Give an id, such as"),
        ("taxonomy_term_id", "lonely", "Give an id, such as"),
        ("organization_id", "1", "Give an id, such as"),
        ("full", "perhaps", "Give true or false"),
        ("minimal", "2", "Give true or false"),
        ("search", "x" * 201, "Give 200 characters at most"),
        ("postcode", "here", "Give a postcode, such as QS1 1AA"),
        ("postcode", "ZZ99 9ZZ", "We do not know where this postcode is"),
        ("proximity", "100", "Give a postcode too"),
        ("proximity", "near", "Give a whole number, such as 2"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_to_give_instead(read, parameter, value, advice):
    answer = read.answer("/service_at_locations", **{parameter: value})

    assert answer.status_code == 400
    assert advice in answer.json["parameters"][parameter]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("signs", ["100%", "_", "a\x00b", "'; drop table service; --", "⚑🙂", '"'])
def test_every_sign_in_a_search_is_just_a_character(read, signs):
    assert read.answer("/services", search=signs).status_code == 200


@pytest.mark.parametrize("path", ["/services", "/service_at_locations"])
@pytest.mark.parametrize("more", [{}, {"full": "true"}, {"minimal": "true"}])
def test_a_long_page_asks_no_more_often_than_a_short_one(read, charity, path, more):
    hours = Times([Session((Day.MONDAY,), opens_at=time(9))])
    for number in range(6):
        charity.lists(f"Numbat {number}", hours, Eligibility(fees="£1"), needs=("money.debt",))
    asked = more | {"organization_id": charity.organisation.id}
    with statements() as short:
        read(path, per_page=1, **asked)
    with statements() as long:
        read(path, **asked)

    assert len(short) == len(long) <= 10  # one of them counts who asks
