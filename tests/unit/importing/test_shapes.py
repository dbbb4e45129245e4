"""A service of any shape is read, or refused with a reason that a person can act on."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.importing.entry import Refused
from directory.importing.national_grid import easting_northing
from directory.importing.shapes import service
from tests.integration.importing.feeds import a_service

DATA = Path(__file__).parents[4] / "shared" / "data"
BRISTOL = DATA / "feeds" / "bristol-services.json"
EXAMPLE = DATA / "hsds-uk-3.0" / "examples" / "service_full.json"


def test_a_service_of_version_3_is_read_whole():
    entry = service.read(a_service("s1", "Tea", **VERSION_3))
    fields = entry.service.fields

    assert (fields["minimum_age"], fields["maximum_age"]) == (18, 65)
    assert fields["times"] == [
        {
            "freq": "WEEKLY",
            "interval": 1,
            "byday": "TU,FR",
            "opens_at": "10:00:00",
            "closes_at": "12:30:00",
            "note": "",
        }
    ]
    assert fields["fees"] == "Over 60s: £3.5 a session"
    assert (fields["contact_name"], fields["phone"]) == ("Ines", "01632 960100")
    assert entry.places[0].fields["postcode"] == "QS1 1AA"
    assert entry.words == ["Loneliness"]


VERSION_3 = {
    "minimum_age": 18,
    "maximum_age": "65",
    "schedules": [
        {"freq": "WEEKLY", "byday": "TU,FR", "opens_at": "10:00", "closes_at": "12:30:00Z"},
        {"freq": "WEEKLY", "byday": "TU", "valid_to": "2005-01-01"},
    ],
    "cost_options": [{"option": "Over 60s", "amount": 3.5, "amount_description": "a session"}],
    "contacts": [{"name": "Ines", "phones": [{"number": "01632 960100"}]}],
    "service_at_locations": [
        {"location": {"id": "l1", "name": "Hall", "addresses": [{"postal_code": "qs11aa"}]}}
    ],
    "attributes": [{"taxonomy_term": {"name": "Loneliness"}}],
}


def test_a_service_of_version_1_is_read_whole():
    told = {
        "eligibilitys": [{"minimum_age": 50, "eligibility": "Anybody over 50"}],
        "regular_schedules": [{"freq": "MONTHLY", "byday": "1MO", "opens_at": "09:00"}],
        "service_taxonomys": [{"taxonomy": {"name": "Loneliness"}}],
        "service_at_locations": [
            {"location": {"id": "l", "physical_addresses": [{"address_1": "1 Quay Street"}]}}
        ],
    }
    entry = service.read(a_service("s1", "Tea", **told))

    assert entry.service.fields["minimum_age"] == 50
    assert entry.service.fields["eligibility"] == "Anybody over 50"
    assert entry.service.fields["times"][0]["byday"] == "1MO"
    assert entry.places[0].fields["name"] == "1 Quay Street"
    assert entry.words == ["Loneliness"]


@pytest.mark.parametrize(
    ("row", "about"),
    [
        ({"name": "Tea"}, "id"),
        ({"id": "x" * 201, "name": "Tea"}, "id"),
        ({"id": "1", "name": "<p><br></p>"}, "name"),
        ({"id": "1", "name": "Tea"}, "organization"),
        ({"id": "1", "name": "Tea", "organization": ["no"]}, "organization"),
    ],
)
def test_what_cannot_go_in_is_refused_with_what_is_missing(row, about):
    with pytest.raises(Refused) as refused:
        service.read(row)
    assert refused.value.remark.about == about


def test_what_makes_no_sense_is_left_out_and_remarked_upon():
    told = {
        "url": "javascript:alert(1)",
        "email": "nobody",
        "status": "perhaps",
        "minimum_age": 70,
        "maximum_age": 20,
        "assured_date": "2999-01-01",
        "schedules": [{"freq": "YEARLY", "byday": "XX"}],
    }
    entry = service.read(a_service("s1", "Tea", **told))

    abouts = {one.about for one in entry.remarks}
    assert abouts == {"url", "email", "status", "minimum_age", "assured_date", "schedules"}
    assert entry.service.fields["status"] == "inactive"
    assert entry.service.fields["minimum_age"] is None
    assert entry.assured_on is None


NAMES = st.sampled_from(
    ["id", "name", "location", "phones", "contacts", "taxonomy_term", "byday", "amount", "latitude"]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(NAMES, one, max_size=4),
    max_leaves=12,
)
PARTS = st.sampled_from([*VERSION_3, "organization", "id", "name", "url", "status", "eligibilitys"])


# A busy machine may take its time over one row.
@settings(deadline=None)
@given(st.dictionaries(PARTS, ANYTHING, max_size=8))
def test_no_shape_at_all_breaks_the_reading(row):
    try:
        entry = service.read({"id": "1", "name": "x", "organization": {"name": "y"}} | row)
    except Refused:
        return
    json.dumps([entry.service.fields, entry.organisation.fields], allow_nan=False)


def test_a_position_comes_to_the_grid_within_a_metre():
    assert easting_northing(57.101474, -2.242851) == (385386, 801193)


@pytest.mark.skipif(not BRISTOL.exists(), reason="the council's feed is not on this machine")
def test_a_real_feed_is_read_but_for_what_a_person_must_mend():
    refused = []
    for row in json.loads(BRISTOL.read_text(encoding="utf-8")):
        try:
            entry = service.read(row)
        except Refused as error:
            refused.append(error.remark.about)
            continue
        assert "<p>" not in entry.service.fields["description"]
    assert 1 <= len(refused) <= 8


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the examples of HSDS are not on this machine")
def test_the_published_example_is_read():
    entry = service.read(json.loads(EXAMPLE.read_text(encoding="utf-8")))
    assert entry.service.name == "Community Counselling"
    assert entry.organisation.fields["company_number"] == "1234567"
