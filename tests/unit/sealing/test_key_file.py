"""Key files: made once, for their owner only, read again when they change."""

import base64
import stat

import pytest

from app.core.keys import key_file
from app.core.keys.root import LocalRoot, UnknownKey
from app.core.keys.wrapping import DoesNotOpen
from config.environment import parse_keys

OLD, NEW = b"o" * 32, b"n" * 32


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "deep" / "root.key"
    key_file.create(path)
    key_file.replace(path, (OLD,))
    return path


def test_a_key_file_is_for_its_owner_only_and_never_made_twice(tmp_path):
    path = tmp_path / "root.key"

    assert key_file.create(path)
    first = path.read_text()
    assert not key_file.create(path)
    assert path.read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(parse_keys(first)[0]) == 32


def test_a_replaced_key_file_stays_for_its_owner_only(path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["root.key"]


def test_a_file_that_changes_is_read_again(path):
    keys = key_file.Keys((OLD,), path)
    assert keys.newest() == (key_file.name_of(OLD), OLD)

    key_file.replace(path, (OLD, NEW))

    assert keys.newest() == (key_file.name_of(NEW), NEW)
    assert list(keys.all().values()) == [OLD, NEW]


@pytest.mark.parametrize("spoil", ["empty", "gone"])
def test_a_file_spoilt_meanwhile_leaves_the_keys_that_were_read(path, spoil):
    keys = key_file.Keys((OLD,), path)

    path.unlink() if spoil == "gone" else path.write_text("")

    assert keys.newest()[1] == OLD


def test_a_root_key_opens_with_the_key_that_is_named_and_no_other(path):
    root = LocalRoot(key_file.Keys((OLD, NEW)))
    name, wrapped = root.wrap(b"branch", b"about")

    assert name == key_file.name_of(NEW)
    assert root.unwrap(name, wrapped, b"about") == b"branch"
    with pytest.raises(DoesNotOpen):
        root.unwrap(key_file.name_of(OLD), wrapped, b"about")
    with pytest.raises(UnknownKey):
        root.unwrap("ffff", wrapped, b"about")


@pytest.mark.parametrize("text", ["", "  ", "not base64!", base64.b64encode(b"short").decode()])
def test_a_text_that_is_not_keys_is_refused_without_repeating_it(text):
    with pytest.raises(ValueError) as refusal:
        parse_keys(text)
    assert not text.strip() or text not in str(refusal.value)
