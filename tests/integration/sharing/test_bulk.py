"""Everything in one file says the same as the lists, and can be read back."""

import csv
import gzip
import io
import json
import zipfile

import pytest

from directory.actions.topics.contact import Contact
from directory.importing.reading.source import Source
from directory.importing.shapes import service
from tests.integration.open_referral.conftest import BASE


@pytest.fixture
def lines(read, club):
    """Every line of the file by id."""
    answer = read.answer("/bulk/services.ndjson")
    assert answer.status_code == 200
    return {one["id"]: one for one in map(json.loads, answer.text.splitlines())}


@pytest.fixture
def package(read, club, tmp_path):
    """The zip, and where it lies."""
    path = tmp_path / "package.zip"
    path.write_bytes(read.answer("/bulk/package.zip").data)
    with zipfile.ZipFile(path) as opened:
        assert opened.testzip() is None
        yield opened, path


def table(package, name):
    """The rows of one file."""
    text = package[0].read(name).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_line_is_what_the_service_says_by_itself(read, club, lines):
    assert lines[str(club.id)] == read(f"/services/{club.id}")
    assert len(lines) == read("/services", per_page=1)["total_items"]


def test_it_is_packed_for_who_can_unpack_it_and_names_its_licence(read, club):
    packed = read.answer("/bulk/services.ndjson", {"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert str(club.id) in gzip.decompress(packed.data).decode()
    assert "open-government-licence" in packed.headers["Link"]
    assert packed.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", ["services.ndjson", "package.zip"])
def test_what_has_not_changed_is_not_made_again(read, club, name):
    first = read.answer(f"/bulk/{name}")
    for header, value in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        again = read.answer(f"/bulk/{name}", {header: first.headers[value]})
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["services.ndjson", "package.zip"])
def test_one_is_made_at_a_time_and_the_next_is_asked_to_wait(application, read, club, name):
    client = application.test_client()
    with client.get(f"{BASE}/bulk/{name}"):
        second = read.answer("/bulk/services.ndjson")
        assert (second.status_code, second.headers["Retry-After"]) == (503, "120")
        assert second.json["status"] == 503
    assert read.answer("/bulk/services.ndjson").status_code == 200
    assert application.test_client().head(f"{BASE}/bulk/{name}").status_code == 200
    assert read.answer("/bulk/services.ndjson").status_code == 200


def test_the_package_describes_itself(package):
    opened, _path = package
    described = json.loads(opened.read("datapackage.json"))
    paths = {one["path"] for one in described["resources"]}
    names = {one["name"] for one in described["resources"]}

    assert described["profile"] == "tabular-data-package"
    assert described["licenses"][0]["name"] == "OGL-UK-3.0"
    assert paths | {"datapackage.json"} == set(opened.namelist())
    for one in described["resources"]:
        rows = csv.reader(io.StringIO(opened.read(one["path"]).decode(), newline=""))
        assert next(rows) == [field["name"] for field in one["schema"]["fields"]]
        for key in one["schema"]["foreignKeys"]:
            assert key["reference"]["resource"] in names


def test_every_row_belongs_to_one_that_is_there(package):
    described = json.loads(package[0].read("datapackage.json"))
    paths = {one["name"]: one["path"] for one in described["resources"]}
    ids = {name: [row["id"] for row in table(package, path)] for name, path in paths.items()}
    for one in described["resources"]:
        assert len(ids[one["name"]]) == len(set(ids[one["name"]])), one["name"]
        for key in one["schema"]["foreignKeys"]:
            known = {"", *ids[key["reference"]["resource"]]}
            named = {row[key["fields"]] for row in table(package, one["path"])}
            assert named <= known, (one["name"], key["fields"])


def test_what_the_tables_say_of_a_service_is_what_its_json_says(read, club, package):
    [row] = [one for one in table(package, "services.csv") if one["id"] == str(club.id)]
    said = read(f"/services/{club.id}")
    for name in ("name", "description", "status", "fees", "assured_date", "last_modified"):
        assert row[name] == said[name], name
    times = [one for one in table(package, "schedule.csv") if one["service_id"] == row["id"]]
    assert [one["byday"] for one in times] == [one["byday"] for one in said["schedules"]]
    [room] = [
        one for one in table(package, "service_capacity.csv") if one["service_id"] == row["id"]
    ]
    assert room["available"] == "4"


def test_no_cell_is_a_formula_and_reading_it_back_gives_what_was_said(charity, read, tmp_path):
    name, phone = "=HYPERLINK(1)", "+44 1632 960100"
    made = charity.lists(name, Contact("@SUM(A1)", phone), description="- a\n'=b")
    path = tmp_path / "package.zip"
    path.write_bytes(read.answer("/bulk/package.zip").data)
    with zipfile.ZipFile(path) as opened:
        rows = table((opened, path), "services.csv")
        [contact] = [
            one
            for one in table((opened, path), "contacts.csv")
            if one["service_id"] == str(made.id)
        ]
        [number] = [
            one for one in table((opened, path), "phones.csv") if one["contact_id"] == contact["id"]
        ]
    [row] = [one for one in rows if one["id"] == str(made.id)]
    assert (row["name"], row["description"]) == (f"'{name}", "'- a\n'=b")
    assert (contact["name"], number["number"]) == ("'@SUM(A1)", f"'{phone}")

    [back] = [one for one in Source(str(path)).rows() if one["id"] == str(made.id)]
    fields = service.read(back).service.fields
    assert (fields["name"], fields["contact_name"], fields["phone"]) == (name, "@SUM(A1)", phone)
    assert fields["description"] == "- a\n'=b"
