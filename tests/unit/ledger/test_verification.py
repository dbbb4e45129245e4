"""An export that somebody meddled with is answered in words, whatever they did to it."""

import gzip
import json

import pytest

from app.core.ledger import export_file
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
