"""Root keys in Vault and in AWS KMS: moved into, rotated in, out of reach, and wrong."""

import os
import socket
import time
import warnings

import boto3
import pytest
from click.testing import CliRunner
from moto import mock_aws

from app.cli import main
from app.core import keys
from app.core.db import session, transaction
from app.core.errors import Conflict, Unavailable
from app.core.keys import branch
from app.core.keys.aws_kms import ONE_TRY, KmsRoot
from app.core.keys.moving_root import MovingRoot
from app.core.keys.ring import Ring, ring, use
from app.core.keys.root import UnknownKey
from app.core.keys.vault_transit import NotAllowed, VaultRoot
from app.core.keys.wrapping import DoesNotOpen
from app.core.rotation import rotate_root
from config.key_store import KmsStore, VaultStore
from tests.conftest import INDEX_KEY, KEY, settings_for
from tests.fixtures_sealing import ASKER, column, family_name_of, owner_engine, quiet, someone
from tests.integration.sealing.transit import transit, vault_settings
from tests.providers.provider import free_port

ABOUT = b"for this and nothing else"


@pytest.fixture
def vault(tmp_path):
    with transit(free_port()) as made:
        made.settings = vault_settings(made, tmp_path)
        made.store = settings_for("postgresql://x/x", **made.settings).key_store
        yield made


@pytest.fixture
def kms(monkeypatch):
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
        monkeypatch.setenv(f"AWS_{name}", "tests-only")
    with mock_aws(), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        client = boto3.client("kms", region_name="eu-west-2")
        ids = [client.create_key()["KeyMetadata"]["Arn"] for _ in range(2)]
        yield (
            {
                "TRELLIS_ROOT_KEY_STORE": "aws-kms",
                "TRELLIS_KMS_KEYS": ids[0],
                "TRELLIS_KMS_REGION": "eu-west-2",
            },
            ids,
        )


def in_use(sealed, **store: str):
    """Use the keys as a process with these settings would, with none in memory."""
    keys.configure(settings_for(sealed.url(), **store))
    branch.forget()
    return ring().root


def only(store: dict[str, str]) -> dict[str, str]:
    """The same settings once the key of our own has been destroyed."""
    return {**store, "TRELLIS_ROOT_KEY": ""}


def moved(sealed, store) -> None:
    """Bring the branch keys from the key of our own into the store."""
    assert isinstance(in_use(sealed, **store), MovingRoot)
    with owner_engine(sealed) as engine:
        rotate_root(engine, quiet)
    in_use(sealed, **only(store))


def fresh(sealed) -> None:
    """Back to a database whose branch key is under the key of our own."""
    in_use(sealed)
    with owner_engine(sealed) as engine, engine.begin() as connection:
        connection.exec_driver_sql("set local role trellis_policy")
        for table in ("key_canary", "person_key", "branch_key"):
            connection.exec_driver_sql(f"delete from {table}")
    with owner_engine(sealed) as engine:
        keys.first_use(engine)


@pytest.fixture(autouse=True)
def afterwards(request):
    yield
    if "sealed" in request.fixturenames:
        fresh(request.getfixturevalue("sealed"))


def test_a_deployer_moves_into_vault_rotates_there_and_ends_the_old_version(
    sealed, vault, monkeypatch
):
    person_id = someone("Steady")
    moved(sealed, vault.settings)
    assert family_name_of(person_id) == "Steady"
    assert set(column(sealed, "select root_key from branch_key")) == {"trellis:v1"}
    for name, value in {**only(vault.settings), "TRELLIS_INDEX_KEY": INDEX_KEY}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TRELLIS_SECRET_KEY", KEY)
    monkeypatch.setenv("TRELLIS_DEMONSTRATION", "1")
    monkeypatch.setenv("TRELLIS_OWNER_DATABASE_URL", sealed.url("trellis_owner"))
    run = lambda *words: CliRunner().invoke(main, ["keys", *words], catch_exceptions=False)  # noqa: E731
    vault.asked.clear()

    rotated = run("rotate", "root")

    assert "every branch key is wrapped by trellis:v2" in rotated.output
    assert {"keys/rotate", "rewrap"} <= set(vault.asked)
    after = vault.asked[vault.asked.index("keys/rotate") :]
    assert "decrypt" not in after, "the branch key never leaves Vault"
    assert "1 older keys" in run("forget", "root").output
    assert vault.keys["trellis"].oldest == 2
    branch.forget()
    assert family_name_of(person_id) == "Steady"
    assert run("check").exit_code == 0
    vault.may_manage = False
    assert "do it in Vault" in run("rotate", "root").output
    assert "set min_decryption_version to 2" in run("forget", "root").output


def test_a_deployer_moves_into_kms_and_rotates_there(sealed, kms):
    store, (first, second) = kms
    person_id = someone("Steady")
    moved(sealed, store)
    assert set(column(sealed, "select root_key from branch_key")) == {first}
    assert family_name_of(person_id) == "Steady"

    both = {**only(store), "TRELLIS_KMS_KEYS": f"{first} {second}"}
    in_use(sealed, **both)
    with owner_engine(sealed) as engine:
        rotate_root(engine, quiet)

    root = in_use(sealed, **{**both, "TRELLIS_KMS_KEYS": second})
    assert set(column(sealed, "select root_key from branch_key")) == {second}
    assert family_name_of(person_id) == "Steady"
    for attempt in (root.renew, root.forget_older):
        with pytest.raises(Conflict, match="TRELLIS_KMS_KEYS"):
            attempt()


def test_what_either_store_wrapped_opens_for_nothing_else(vault, kms):
    stores = (VaultRoot(vault.store), KmsRoot(KmsStore((kms[1][0],), "eu-west-2")))
    for root in stores:
        name, wrapped = root.wrap(b"a branch key", ABOUT)
        assert b"a branch key" not in wrapped
        assert root.unwrap(name, wrapped, ABOUT) == b"a branch key"
        assert root.unwrap(*root.rewrap(name, wrapped, ABOUT), ABOUT) == b"a branch key"
        for changed in (wrapped[:-1], wrapped[:-9] + b"AAAAAAAA=", b"", b"\xff\x00"):
            with pytest.raises(DoesNotOpen):
                root.unwrap(name, changed, ABOUT)
        with pytest.raises(DoesNotOpen):
            root.unwrap(name, wrapped, ABOUT + b"!")
        # A row cannot choose a key that the settings do not name, such as an intruder's own.
        with pytest.raises(UnknownKey):
            root.unwrap("arn:aws:kms:eu-west-2:1:key/theirs:v1", wrapped, ABOUT)


def test_a_wrong_key_in_vault_stops_the_start_and_names_the_canary(sealed, vault):
    moved(sealed, vault.settings)
    for change in (
        vault.keys["trellis"].__init__,
        lambda: vault.keys.pop("trellis"),
    ):
        change()
        with transaction(ASKER), pytest.raises(keys.WrongKey) as refusal:
            keys.check_canary(session)
        assert "canary 'root'" in str(refusal.value)
        assert "TRELLIS_VAULT_KEY" in str(refusal.value)


def test_a_refused_token_is_said_and_a_new_one_serves_at_once(vault):
    root = VaultRoot(vault.store)
    name, wrapped = root.wrap(b"x", ABOUT)
    vault.store.token_file.write_text("expired")
    with pytest.raises(NotAllowed, match="refuses our token"):
        root.unwrap(name, wrapped, ABOUT)
    vault.store.token_file.write_text("hvs.tests-only")
    assert root.unwrap(name, wrapped, ABOUT) == b"x"


def test_what_vault_finds_wrong_with_a_request_is_no_damage_to_a_record(vault):
    root = VaultRoot(vault.store)
    _name, wrapped = root.wrap(b"x", ABOUT)
    with pytest.raises(Unavailable, match="out of reach"):
        root._ask("POST", "decrypt", ciphertext=wrapped.decode())  # no context


def test_a_silent_store_is_given_up_in_time_and_nobody_else_waits(monkeypatch, tmp_path):
    monkeypatch.setattr("app.core.keys.vault_transit.READ_SECONDS", 0.3)
    (tmp_path / "token").write_text("x")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        root = VaultRoot(
            VaultStore(f"http://127.0.0.1:{port}", "trellis", "transit", tmp_path / "token")
        )
        waited = []
        for _ in range(2):
            began = time.monotonic()
            with pytest.raises(Unavailable, match="out of reach") as away:
                root.wrap(b"x", ABOUT)
            waited.append(time.monotonic() - began)
        assert away.value.retry_after == 5
    assert 0.2 < waited[0] < 3
    assert waited[1] < 0.1


def test_kms_out_of_reach_is_given_up_after_one_try(kms, monkeypatch):
    assert (ONE_TRY.connect_timeout, ONE_TRY.read_timeout) == (3, 5)
    with mock_aws(config={"core": {"passthrough": {"urls": ["http://127.0.0.1:.*"]}}}):
        root = KmsRoot(KmsStore(kms[1], "eu-west-2", f"http://127.0.0.1:{free_port()}"))
        with pytest.raises(Unavailable, match="out of reach"):
            root.wrap(b"x", ABOUT)


def test_a_process_that_started_without_the_store_looks_at_the_canary_first(sealed, vault):
    person_id = someone("Steady")
    moved(sealed, vault.settings)
    vault.keys["trellis"].versions[0] = os.urandom(32)
    use(Ring(VaultRoot(vault.store), ring().index))
    branch.forget()

    # Not a damaged record: nobody is to be told that, and nothing is to be audited.
    with pytest.raises(Unavailable, match="canary 'root'"):
        family_name_of(person_id)
