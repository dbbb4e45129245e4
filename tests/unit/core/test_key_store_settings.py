"""Where the root key is kept, as a deployer writes it; what is not safe is refused at the start."""

import pytest

from config.environment import SettingsError
from config.key_store import KmsStore, VaultStore
from config.settings import Settings
from tests.unit.core.test_settings import ENOUGH

VAULT = {
    "TRELLIS_ROOT_KEY_STORE": "vault",
    "TRELLIS_VAULT_URL": "https://vault.example:8200/",
    "TRELLIS_VAULT_KEY": "trellis",
    "TRELLIS_VAULT_TOKEN_FILE": "/run/token",
}
KMS = {
    "TRELLIS_ROOT_KEY_STORE": "aws-kms",
    "TRELLIS_KMS_KEYS": "arn:one arn:two",
    "TRELLIS_KMS_REGION": "eu-west-2",
}


def settings(**given: str) -> Settings:
    return Settings.load({**ENOUGH, "TRELLIS_ROOT_KEY": "", **given})


def refused(**given: str) -> str:
    with pytest.raises(SettingsError) as refusal:
        settings(**given)
    return str(refusal.value)


def test_a_store_needs_no_key_of_our_own():
    found = settings(**VAULT)
    assert isinstance(found.key_store, VaultStore)
    assert (found.key_store.url, found.key_store.mount) == ("https://vault.example:8200", "transit")
    assert found.root_keys == ()
    kms = settings(**KMS).key_store
    assert isinstance(kms, KmsStore)
    assert kms.keys == ("arn:one", "arn:two")
    assert "TRELLIS_ROOT_KEY" in refused()


@pytest.mark.parametrize(
    "address",
    [
        "http://vault.example:8200",
        "http://127.0.0.1:8200",
        "http://localhost:8200",
        "ftp://vault.example",
        "vault.example",
        "https://",
        "https://somebody:secret@vault.example",
        "https://vault.example/?x=1",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_is_not_https_is_refused(address):
    for given, name in ((VAULT, "TRELLIS_VAULT_URL"), (KMS, "TRELLIS_KMS_URL")):
        said = refused(**{**given, name: address})
        assert f"{name} must be an https address" in said
        assert "secret" not in said


def test_in_a_demonstration_this_machine_will_do_and_no_other():
    here = {**VAULT, "TRELLIS_DEMONSTRATION": "1"}
    for host in ("127.0.0.1", "localhost", "[::1]"):
        assert settings(**{**here, "TRELLIS_VAULT_URL": f"http://{host}:8200"}).key_store
    for host in ("192.168.0.1", "127.0.0.1.example.org", "localhost.example"):
        assert "https" in refused(**{**here, "TRELLIS_VAULT_URL": f"http://{host}:8200"})


def test_everything_missing_is_named_and_an_alias_is_refused():
    said = refused(TRELLIS_ROOT_KEY_STORE="vault")
    for name in ("VAULT_URL", "VAULT_KEY", "VAULT_TOKEN_FILE"):
        assert f"TRELLIS_{name} is missing" in said
    said = refused(TRELLIS_ROOT_KEY_STORE="aws-kms")
    assert "TRELLIS_KMS_KEYS is missing" in said
    assert "not aliases" in refused(**{**KMS, "TRELLIS_KMS_KEYS": "alias/trellis"})
    assert "must be local, aws-kms or vault" in refused(TRELLIS_ROOT_KEY_STORE="drawer")
