"""Packages and spreadsheets come in like feeds do."""

import csv
import json
import zipfile
from pathlib import Path

import pytest

from app.core.errors import Invalid
from directory.importing.reading import tabular
from directory.importing.reading.source import Source
from directory.importing.shapes import service
from tests.integration.importing.conftest import imported

DATA = Path(__file__).parents[4] / "shared" / "data"
EXAMPLES = DATA / "hsds-uk-3.0" / "examples" / "csv"
BRISTOL = DATA / "feeds" / "bristol-services.json"

TABLES = {
    "organizations": "id,name\no1,Saltmere Friends\n",
    "services": "id,organization_id,name,status\ns1,o1,Tea,active\ns2,o9,Cake,active\n",
    "locations": "id,name\nl1,Hall\n",
    "addresses": "id,location_id,address_1,city,postal_code\na1,l1,1 Quay,Saltmere,QS1 1AA\n",
    "service_at_locations": "id,service_id,location_id\nx,s1,l1\n",
    "contacts": "id,service_id,name\nc1,s1,Ines\n",
    "phones": "id,contact_id,number\np1,c1,01632 960100\n",
    "schedules": "id,service_id,freq,interval,byday,opens_at\nh1,s1,WEEKLY,1,TU,10:00\n",
    "attributes": "id,link_id,taxonomy_term_id\nt1,s1,n1\n",
    "taxonomy_terms": "id,name\nn1,Loneliness\n",
}


@pytest.fixture(params=["folder", "zip"])
def package(request, tmp_path) -> Path:
    """The same package as a folder and as a zip."""
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text)
    if request.param == "folder":
        return tmp_path
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as packed:
        for name in TABLES:
            packed.write(tmp_path / f"{name}.csv", f"data/{name}.csv")
    return tmp_path / "package.zip"


def test_a_package_is_joined_into_whole_services(package):
    tea, cake = Source(str(package)).rows()
    entry = service.read(tea)

    assert entry.organisation.name == "Saltmere Friends"
    assert entry.places[0].fields["postcode"] == "QS1 1AA"
    assert entry.service.fields["phone"] == "01632 960100"
    assert entry.service.fields["times"][0]["byday"] == "TU"
    assert entry.words == ["Loneliness"]
    assert cake["organization"] is None


def test_what_is_no_package_is_refused(tmp_path):
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(b"PK not really")
    for path in (wrong, tmp_path):
        with pytest.raises(Invalid):
            list(Source(str(path), format=None).rows())


def test_a_file_of_a_package_is_unpacked_only_so_far_whatever_the_package_says(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(tabular, "LARGEST", 1000)
    large, many = tmp_path / "large.zip", tmp_path / "many.zip"
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("services.csv", "id,name\n" + "s" * 100_000)
    with zipfile.ZipFile(many, "w") as packed:
        for number in range(tabular.MOST_FILES + 1):
            packed.writestr(f"{number}.csv", "id\n")
    for path, words in ((large, "too large"), (many, "at most 200 files")):
        with pytest.raises(Invalid, match=words):
            list(Source(str(path)).rows())


MAPPING = """
separator = "|"
[columns]
id = "Ref"
name = "Service name"
organisation = "Provider"
postcode = "Post code"
needs = "Helps with"
phone = "Tel"
"""


def test_a_spreadsheet_is_read_by_the_mapping_of_its_columns(tmp_path):
    sheet, mapping = tmp_path / "sheet.csv", tmp_path / "mapping.toml"
    mapping.write_text(MAPPING)
    sheet.write_text(
        "Ref,Service name,Provider,Post code,Helps with,Tel\n"
        '1,"Tea, and cake",Friends,qs11aa,Loneliness | Falls,01632\n',
        encoding="utf-8-sig",
    )
    [row] = Source(str(sheet), mapping=mapping).rows()
    entry = service.read(row)

    assert (entry.service.name, entry.organisation.name) == ("Tea, and cake", "Friends")
    assert entry.places[0].fields["postcode"] == "QS1 1AA"
    assert entry.words == ["Loneliness", "Falls"]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ("[columns]\nshoe = 'Ref'", "shoe"),
        ("[columns]\nname = 'Title'", "no column Title"),
        ("columns = 3", "needs a table"),
        ("= what", "cannot be read"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused_in_words(tmp_path, mapping, words):
    (tmp_path / "sheet.csv").write_text("Ref,Name\n1,Tea\n")
    (tmp_path / "mapping.toml").write_text(mapping)
    with pytest.raises(Invalid, match=words):
        list(Source(str(tmp_path / "sheet.csv"), mapping=tmp_path / "mapping.toml").rows())


def test_lines_of_json_are_read_one_by_one(tmp_path):
    lines = tmp_path / "services.ndjson"
    lines.write_text('{"id": "1"}\nnot json\n[]\n')
    assert [isinstance(row, dict) for row in Source(str(lines)).rows()] == [True, False, False]


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the examples of HSDS are not on this machine")
def test_the_published_package_comes_in(owner, source, tmp_path):
    taken = imported(owner, source, Source(str(EXAMPLES)), tmp_path)
    assert taken.counts["service added"] == 1


@pytest.mark.skipif(not BRISTOL.exists(), reason="the council's feed is not on this machine")
def test_a_real_feed_comes_in_and_comes_in_again_as_nothing_new(owner, source, tmp_path):
    first = imported(owner, source, Source(str(BRISTOL)), tmp_path)
    again = imported(owner, source, Source(str(BRISTOL)), tmp_path)
    rows = json.loads(BRISTOL.read_text(encoding="utf-8"))

    assert first.counts["read"] == len(rows)
    assert first.counts["service added"] == len(rows) - first.counts["refused"]
    assert again.counts["service unchanged"] == first.counts["service added"]
    reported = list(csv.DictReader(first.report.splitlines()))
    assert len(reported) == first.counts["refused"] + first.counts["mended"]
