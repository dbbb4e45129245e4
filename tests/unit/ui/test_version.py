import io

from flask import Flask

from app.ui.forms import VersionedForm


def version_read(sent):
    """What a form reads that was made for version 3 and is sent with these fields."""
    app = Flask(__name__)
    app.secret_key = "tests only"
    with app.test_request_context(method="POST", data=sent):
        return VersionedForm(version=3).version.data


def test_a_form_remembers_the_version_that_was_shown():
    assert version_read({"version": "2"}) == 2


def test_a_version_that_was_left_out_or_is_no_number_never_matches():
    for sent in ({"other": "x"}, {"version": ""}, {"version": "three"}, {"version": "٣"}):
        assert version_read(sent) == -1


def test_json_and_files_fill_in_nothing():
    app = Flask(__name__)
    app.secret_key = "tests only"
    for sent in ({"json": {"version": "7"}}, {"data": {"version": (io.BytesIO(b"7"), "7")}}):
        with app.test_request_context(method="POST", **sent):
            assert VersionedForm(version=3).version.data == 3
