"""An export that somebody meddled with is answered in words, whatever they did to it."""

import gzip
import json

import pytest

from app.core.ledger import entry, export_file
from app.core.ledger.export_file import FORM, NotAnExport
from app.core.ledger.verification import Verification


def export(tmp_path, *lines):
    path = tmp_path / "trail.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in ({"form": FORM}, *lines)))
    return path


@pytest.mark.parametrize(
    "line",
    [
        {"leaf": "not hex", "position": 0, "id": 1, "entry": None},
        {"leaf": None},
        {"leaf": "00", "position": "0", "id": 1, "entry": {}},
        {"checkpoint": 7},
    ],
)
def test_a_line_that_is_not_as_it_was_written_is_named(tmp_path, line):
    checking = Verification([])
    assert not checking.run(export(tmp_path, line))
    assert "Line 2 of the export is not as it was written." in checking.problems


def test_a_packed_export_that_was_spoilt_cannot_be_read(tmp_path):
    path = tmp_path / "trail.jsonl.gz"
    packed = bytearray(gzip.compress(json.dumps({"form": FORM}).encode() * 99))
    packed[20:40] = bytes(20)
    path.write_bytes(packed)
    with pytest.raises(NotAnExport, match="cannot be read"):
        list(export_file.lines(path))


OLDER = {
    "id": 7,
    "at": "2026-11-25T03:00:00.000001+00:00",
    "user_id": None,
    "reason": "",
    "agency_id": "6f1c2f4e-1111-4222-8333-444455556666",
    "roles": ["link worker"],
    "action": "person.changed",
    "subject_kind": "person",
    "request_id": "r",
    "outcome": "done",
    "subject_id": "6f1c2f4e-1111-4222-8333-444455557777",
    "digest": "00ff",
    "person_id": "6f1c2f4e-1111-4222-8333-444455557777",
    "written_in": "812",
}
LEAF = "3d03de102b932622840e8e0ae126cd75b42a40bf7d8839d7ba8cf6cdfa4f774e"


def test_an_export_of_the_release_before_stamps_is_verified_as_ever(tmp_path):
    path = export(tmp_path, {"leaf": LEAF, "position": 0, "id": 7, "entry": OLDER})
    path.write_text(path.read_text().replace(FORM, "trellis audit export 1"))
    checking = Verification([])
    assert not checking.run(path)
    assert checking.problems == ["No checkpoint that is to be believed covers any entry."]


def test_a_stamp_taken_away_or_put_on_is_another_leaf():
    leaves = {entry.hash_of(OLDER | {"stamp": stamp}).hex() for stamp in (None, "", "00", "01")}
    assert len(leaves) == 4
    assert LEAF in leaves
