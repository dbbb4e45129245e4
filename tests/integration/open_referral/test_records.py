"""What a record says, and that it says nothing of the people who keep it."""

import json
import uuid

from app.core.db import transaction
from directory.actions import organisation as organisations
from directory.actions import service
from directory.actions.organisation import OrganisationDraft
from directory.actions.topics.description import Description
from directory.actions.topics.state import State


def test_the_first_page_says_what_this_is(read):
    assert read("/")["version"] == "HSDS-UK-3.0"
    assert read("")["openapi_url"].endswith("/open-referral/v3/openapi.json")


def test_a_service_is_whole(read, club):
    found = read(f"/services/{club.id}")

    assert (found["name"], found["status"]) == ("Axolotl club", "active")
    assert (found["minimum_age"], found["maximum_age"], found["fees"]) == (18, 65, "Free")
    assert found["url"] == "https://charity.example/a%20b?c=%C2%A3"
    assert found["cost_options"][0]["amount"] == 0
    assert found["service_areas"][0]["extent"] == "QS1, QS2"
    assert found["contacts"][0]["phones"][0]["number"] == "01632 960100"
    assert [one["taxonomy_term"]["code"] for one in found["attributes"]] == [
        "company.lonely",
        "money.debt",
    ]


def test_times_are_in_the_terms_of_rfc_5545(read, club):
    weekly, monthly = read(f"/services/{club.id}")["schedules"]

    assert (weekly["freq"], weekly["interval"], weekly["byday"]) == ("WEEKLY", 2, "TU,TH")
    assert (weekly["opens_at"], weekly["closes_at"]) == ("10:00:00", "12:00:00")
    assert (monthly["freq"], monthly["byday"]) == ("MONTHLY", "1FR")
    assert monthly["description"] == "First Friday of the month, 7pm to 9:30pm"


def test_a_place_says_where_it_is_and_how_to_get_in(read, club):
    hall, church = read(f"/services/{club.id}")["service_at_locations"]

    address = hall["location"]["addresses"][0]
    assert (address["address_1"], address["postal_code"]) == ("1 Quay Street", "QS2 1AA")
    assert 49 < hall["location"]["latitude"] < 61
    assert -9 < hall["location"]["longitude"] < 2
    assert [one["description"] for one in hall["location"]["accessibility"]] == [
        "step-free entrance",
        "hearing loop",
        "Ring the bell for the lift",
    ]
    whole = read(f"/service_at_locations/{church['id']}")
    assert whole["location"] == church["location"]
    assert whole["service"]["schedules"] == read(f"/services/{club.id}")["schedules"]


def test_room_is_told_as_hsds_3_1_has_it(read, charity, club):
    def room(made):
        return [
            (one["available"], one["description"])
            for one in read(f"/services/{made.id}")["capacities"]
        ]

    assert room(club) == [(4, "4 places")]
    assert room(charity.lists("Full", State("full"))) == [(0, "Full, not taking names")]
    waiting = charity.lists("Waiting", State("waiting list", waiting_weeks=3))
    assert room(waiting) == [(0, "Waiting list, about 3 weeks")]
    assert room(charity.lists("Nobody has said")) == []


def test_an_organisation_has_its_numbers(read, curator):
    with transaction(curator):
        draft = OrganisationDraft("Quokka Trust", charity_number="1199990", company_number="12345")
        trust = organisations.add(curator, draft)
        made = service.add(curator, trust, Description("Quokka walks", ""))
    numbers = read(f"/services/{made.id}")["organization"]["organization_identifiers"]

    assert {one["identifier_scheme"]: one["identifier"] for one in numbers} == {
        "GB-CHC": "1199990",
        "GB-COH": "12345",
    }


def test_ids_are_the_same_every_time(read, club):
    assert read(f"/services/{club.id}") == read(f"/services/{club.id}")


def test_who_keeps_a_listing_is_not_told(read, club, charity):
    told = json.dumps(read(f"/services/{club.id}"))

    assert charity.coordinator.name not in told
    assert str(charity.coordinator.user_id) not in told


def test_a_taxonomy_holds_its_terms(read):
    needs = next(one for one in read("/taxonomies")["contents"] if one["name"] == "Needs")
    terms = read(f"/taxonomies/{needs['id']}")["taxonomy_terms"]
    lonely = next(one for one in terms if one["code"] == "company.lonely")

    assert lonely["taxonomy"] == "Needs"
    assert "nobody to talk to" in lonely["description"]
    assert read(f"/taxonomy_terms/{lonely['id']}") == lonely
    assert read("/taxonomy_terms", per_page=500)["total_items"] >= len(terms)


def test_what_is_absent_is_said_as_json_that_any_site_may_read(read):
    absent = uuid.uuid4()
    for path in (
        f"/services/{absent}",
        f"/service_at_locations/{absent}",
        f"/taxonomies/{absent}",
        f"/taxonomy_terms/{absent}",
        "/services/not-an-id",
        "/taxonomies/%0A",
        "/nothing/here",
    ):
        answer = read.answer(path)
        assert answer.status_code == 404, path
        assert answer.json["status"] == 404
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
