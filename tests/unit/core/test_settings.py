import base64

import pytest

from config.environment import SettingsError
from config.settings import Settings

KEY = base64.b64encode(b"a" * 32).decode()
OTHER = base64.b64encode(b"b" * 32).decode()
ENOUGH = {"TRELLIS_SECRET_KEY": KEY, "TRELLIS_ROOT_KEY": KEY, "TRELLIS_INDEX_KEY": OTHER}


def test_everything_that_is_missing_is_named_at_once():
    with pytest.raises(SettingsError) as refused:
        Settings.load({"TRELLIS_IDLE_MINUTES": "soon"})
    for name in ("SECRET_KEY", "ROOT_KEY", "INDEX_KEY", "IDLE_MINUTES"):
        assert f"TRELLIS_{name}" in str(refused.value)


def test_what_is_enough_is_enough_and_the_rest_has_defaults():
    settings = Settings.load(ENOUGH)
    assert settings.first_contact_days == 7
    assert settings.onward_answer_working_days == 5
    assert settings.link_worker_label == "community referrer"
    assert settings.demonstration is False


def test_a_secret_may_stand_in_a_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text(OTHER + "\n")
    given = {**ENOUGH, "TRELLIS_SECRET_KEY": "", "TRELLIS_SECRET_KEY_FILE": str(path)}
    assert Settings.load(given).secret_key == b"b" * 32


def test_a_file_that_is_not_there_is_named():
    given = {**ENOUGH, "TRELLIS_SECRET_KEY": "", "TRELLIS_SECRET_KEY_FILE": "/nowhere"}
    with pytest.raises(SettingsError, match="TRELLIS_SECRET_KEY"):
        Settings.load(given)


def test_one_key_does_not_serve_for_two_purposes():
    with pytest.raises(SettingsError, match="INDEX_KEY must be a key of its own"):
        Settings.load({**ENOUGH, "TRELLIS_INDEX_KEY": KEY})
