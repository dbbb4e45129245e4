"""The OpenAPI document holds for what is really answered."""

import pytest
from jsonschema import Draft202012Validator, FormatChecker

PATHS = ["/", "/services", "/service_at_locations", "/taxonomies", "/taxonomy_terms"]


def schema_of(document, path, status="200"):
    """The JSON schema that the document gives for an answer."""
    content = document["paths"][path]["get"]["responses"][status]["content"]
    schema = content["application/json"]["schema"] | {"components": document["components"]}
    return Draft202012Validator(schema, format_checker=FormatChecker())


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_as_the_document_says(read, club, path):
    schema_of(read("/openapi.json"), path).validate(read(path))


@pytest.mark.parametrize("more", ["full", "minimal"])
@pytest.mark.parametrize("path", ["/services", "/service_at_locations"])
def test_so_are_full_and_minimal_ones(read, club, path, more):
    schema_of(read("/openapi.json"), path).validate(read(path, **{more: "true"}))


@pytest.mark.parametrize("path", PATHS[1:])
def test_so_is_each_record(read, club, path):
    document = read("/openapi.json")
    one = read(path)["contents"][0]
    schema_of(document, f"{path}/{{id}}").validate(read(f"{path}/{one['id']}"))


def test_so_are_refusals(read):
    document = read("/openapi.json")
    refused = read.answer("/services", page="0").json
    absent = read.answer("/services/none").json

    schema_of(document, "/services", "400").validate(refused)
    schema_of(document, "/services/{id}", "404").validate(absent)


def test_every_field_of_the_schemas_is_a_word_of_the_standard(read):
    """Nothing of ours gets out by being added to a model."""
    schemas = read("/openapi.json")["components"]["schemas"]
    fields = {name for one in schemas.values() for name in one["properties"]}

    assert not {name for name in fields if "organis" in name or "assurer" in name}
