"""Answers against the published schemas: the profile's own, and those of its validator."""

import json
from functools import cache
from pathlib import Path

import pytest
from jsonschema import FormatChecker
from jsonschema.validators import validator_for

SHARED = Path("../shared/data")
PROFILE, VALIDATOR = SHARED / "hsds-uk-3.0/schema/compiled", SHARED / "oruk-validator/schemas"

pytestmark = [
    pytest.mark.skipif(not VALIDATOR.is_dir(), reason="the published schemas are not here"),
    pytest.mark.usefixtures("club", "plain"),
]


@pytest.fixture
def plain(charity):
    """A service of which only the name is known."""
    return charity.lists("Bare")


@cache
def checker(path: Path):
    """What checks an answer against a schema, its formats too."""
    schema = json.loads(path.read_text())
    return validator_for(schema)(schema, format_checker=FormatChecker())


def errors(path: Path, found) -> list[str]:
    """What is wrong with an answer."""
    return [
        f"{'/'.join(map(str, one.path))}: {one.message}" for one in checker(path).iter_errors(found)
    ]


def test_the_first_page(read):
    assert errors(VALIDATOR / "api_details.json", read("/")) == []


@pytest.mark.parametrize("name", ["service", "service_at_location", "taxonomy", "taxonomy_term"])
def test_lists_and_each_record(read, name):
    path = "/taxonomies" if name == "taxonomy" else f"/{name}s"
    found = read(path, per_page=100)

    assert found["contents"]
    assert errors(VALIDATOR / f"{name}_list.json", found) == []
    for one in found["contents"][:20]:
        assert errors(VALIDATOR / f"{name}.json", read(f"{path}/{one['id']}")) == []


@pytest.mark.parametrize("name", ["service", "service_at_location"])
def test_records_are_whole_in_a_full_list_as_well(read, name):
    whole = PROFILE / f"{name}.json"
    for one in read(f"/{name}s", full="true", per_page=100)["contents"]:
        assert errors(whole, one) == []


@pytest.mark.parametrize("name", ["service", "service_at_location"])
def test_records_by_themselves_in_a_list(read, name):
    for one in read(f"/{name}s", per_page=100)["contents"]:
        assert errors(PROFILE / f"{name}_list.json", one) == []
