"""Providers come from the environment, and every mistake is named at once."""

import pytest

from config import oidc
from config.environment import SettingsError
from config.settings import Settings

ONE = {
    "TRELLIS_OIDC_ISSUER": "https://sign-in.example.org",
    "TRELLIS_OIDC_CLIENT_ID": "trellis",
    "TRELLIS_OIDC_CLIENT_SECRET": "secret",
}


def load(environment):
    complaints = []
    return oidc.load(environment, complaints), complaints


def test_plain_variables_are_the_provider_called_default():
    (one,), complaints = load(ONE)
    assert (one.name, one.issuer, one.client_id) == (
        "default",
        ONE["TRELLIS_OIDC_ISSUER"],
        "trellis",
    )
    assert complaints == []
    assert "secret" not in repr(one).replace("client_secret", "")


def test_a_name_in_the_middle_makes_another_provider(tmp_path):
    (tmp_path / "secret").write_text("from a file\n")
    more = {
        "TRELLIS_OIDC_CIS2_ISSUER": "https://cis2.example.org",
        "TRELLIS_OIDC_CIS2_CLIENT_ID": "t",
        "TRELLIS_OIDC_CIS2_CLIENT_SECRET_FILE": str(tmp_path / "secret"),
        "TRELLIS_OIDC_CIS2_ACR": "AAL2 AAL3",
        "TRELLIS_OIDC_CIS2_MAX_AGE": "600",
        "TRELLIS_OIDC_CIS2_LABEL": "NHS smartcard",
    }
    found, complaints = load(ONE | more)
    by_name = {one.name: one for one in found}
    assert complaints == []
    assert by_name["cis2"].client_secret == "from a file"
    assert by_name["cis2"].acr == ("AAL2", "AAL3")
    assert (by_name["cis2"].max_age, by_name["cis2"].label) == (600, "NHS smartcard")
    assert by_name["default"].client_id == "trellis"


@pytest.mark.parametrize(
    "issuer",
    [
        "",
        "sign-in.example.org",
        "http://sign-in.example.org",
        "http://localhost:8001",
        "https://a/?b",
    ],
)
def test_an_issuer_is_https(issuer):
    _, complaints = load(ONE | {"TRELLIS_OIDC_ISSUER": issuer})
    assert complaints == ["TRELLIS_OIDC_ISSUER must be an https address"]


def test_a_demonstration_may_use_its_own_machine():
    local = {"TRELLIS_OIDC_ISSUER": "http://127.0.0.1:8001", "TRELLIS_DEMONSTRATION": "1"}
    assert load(ONE | local)[1] == []


def test_every_mistake_is_named_at_once():
    wrong = {
        "TRELLIS_OIDC_A_LABEL": "A",
        "TRELLIS_OIDC_ISUER": "x",
        "TRELLIS_OIDC_A_MAX_AGE": "soon",
    }
    with pytest.raises(SettingsError) as error:
        Settings.load(wrong)
    for words in (
        "TRELLIS_OIDC_ISUER is not a setting",
        "TRELLIS_OIDC_A_ISSUER must be an https address",
        "TRELLIS_OIDC_A_CLIENT_ID is missing",
        "TRELLIS_OIDC_A_CLIENT_SECRET or",
        "TRELLIS_OIDC_A_MAX_AGE must be a whole number",
        "TRELLIS_SECRET_KEY",
    ):
        assert words in str(error.value)
