"""A file is replaced whole or not at all."""

import stat

import pytest

from app.core import durable


def test_a_new_file_is_for_its_owner_only_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "trail.jsonl.gz"
    with durable.replacing(path) as beside:
        assert beside.suffix == ".gz"
        beside.write_text("whole")
        assert not path.exists()
    assert path.read_text() == "whole"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_after_an_error_the_file_is_as_it_was(tmp_path):
    path = tmp_path / "keys"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), durable.replacing(path) as beside:
        beside.write_text(str(1 / 0))
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
