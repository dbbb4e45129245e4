"""What a backup made before an erasure, and one made after it, can still tell.

Before: everything, to who has the dump and the root key of that day. That is why the receipt
names the day on which the last such backup is destroyed. Destroying the root key, once the
database has a new one, ends them all at once. After: nothing, with any key.
"""

import contextlib
import os
import subprocess
import uuid

import psycopg
import pytest

from app.core import keys, postgres_account
from app.core.db import session, transaction
from app.core.errors import ErasedRecord, Unavailable
from app.core.keys import branch
from app.core.keys.key_file import Keys
from app.core.keys.ring import Ring, ring, use
from app.core.keys.root import LocalRoot
from app.core.rotation import rotate_branch, rotate_root
from referrals.record.models.person import Person
from referrals.retention.actions import erasure as actions
from referrals.retention.queries import erasure as erasures
from referrals.retention.queries import kept as kept_until
from tests.ageing import ended, officers, person_of
from tests.conftest import Database, cloned, prepared
from tests.fixtures_sealing import owner_engine
from tests.stage import Stage


@pytest.fixture(scope="module")
def world(server, tmp_path_factory):
    """A dump from before, a dump from after, and what happened between them."""
    folder = tmp_path_factory.mktemp("dumps")
    with cloned(server, f"live_{uuid.uuid4().hex[:8]}") as live, prepared(live):
        stage = Stage(live)
        stage.folder, stage.live = folder, live
        stage.person_id = person_of(stage, ended(stage, family_name="Zebulon"))
        stage.other_id = person_of(stage, ended(stage, family_name="Yarrow"))
        stage.secrets = secrets_of(live, stage.person_id)
        dumped(live, folder / "before")
        first, second = officers(stage)
        rules = live.settings.retention
        with transaction(first):
            kept = kept_until.get(first, rules, stage.person_id)
            erasure_id = actions.propose(first, kept).id
        with transaction(second):
            stage.receipt = erasures.get(second, erasure_id)
            actions.approve(second, stage.receipt, kept, rules)
        dumped(live, folder / "after")
        yield stage


def secrets_of(database, person_id) -> list[bytes]:
    """What opens the person, and what is opened, as bytes."""
    with psycopg.connect(database.url("postgres")) as superuser:
        return [
            bytes(one)
            for row in superuser.execute(
                "select wrapped, commitment, identity_sealed, contact_sealed from person_key k"
                " join person p on p.id = k.person_id where p.id = %s",
                [person_id],
            )
            for one in row
        ]


def dumped(database, path) -> None:
    tool = postgres_account.binaries() / "pg_dump"
    subprocess.run([tool, "-f", path, database.url("postgres")], check=True)


@contextlib.contextmanager
def restored(world, name):
    """The application on a database made from a dump."""
    server = world.live.server
    made = Database(server, f"{name}_{uuid.uuid4().hex[:8]}", world.live.settings)
    settings = made.settings.__class__(
        **{
            **vars(made.settings),
            "database_url": made.url(),
            "owner_database_url": made.url("trellis_owner"),
        }
    )
    made = Database(server, made.name, settings)
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute(f"create database {made.name} owner trellis_owner")
        tool = postgres_account.binaries() / "psql"
        quiet = ["-q", "-o", os.devnull, "-v", "ON_ERROR_STOP=1"]
        dump = world.folder / name
        subprocess.run([tool, *quiet, "-f", dump, made.url("postgres")], check=True)
        try:
            with prepared(made):
                yield made
        finally:
            admin.execute(f"drop database {made.name} with (force)")


def name_of(world, person_id) -> str:
    with transaction(world.gp):
        return session.get_one(Person, person_id).identity.family_name


def test_the_dump_from_after_opens_for_nobody(world):
    text = (world.folder / "after").read_bytes()
    assert world.person_id.bytes.hex() in text.replace(b"-", b"").decode(errors="replace")
    assert [one for one in world.secrets if one.hex().encode() in text] == []
    with restored(world, "after"):
        with pytest.raises(ErasedRecord):
            name_of(world, world.person_id)
        assert name_of(world, world.other_id) == "Yarrow"


def test_the_dump_from_before_opens_while_its_root_key_is_there_and_the_receipt_says_so(world):
    with restored(world, "before"):
        assert name_of(world, world.person_id) == "Zebulon"
    used = LocalRoot(Keys(world.live.settings.root_keys)).newest()
    assert world.receipt.root_key == used
    kept = (world.receipt.backups_until - world.receipt.decided_at.date()).days
    assert abs(kept - world.live.settings.retention.backup_days) <= 1


def test_without_that_root_key_the_dump_from_before_opens_for_nobody(world):
    new, quiet = os.urandom(32), lambda _line: None
    index, old = ring().index, world.live.settings.root_keys
    with owner_engine(world.live) as engine:
        # A new branch key alone changes nothing: the dump holds its own, under the root key.
        rotate_branch(engine, quiet, grace=0)
        with restored(world, "before"):
            assert name_of(world, world.person_id) == "Zebulon"
        use(Ring(LocalRoot(Keys((*old, new))), index))
        rotate_root(engine, quiet)
    with restored_with(world, "before", new) as wrong:
        assert "canary 'root' does not open" in str(wrong)
    use(Ring(LocalRoot(Keys((new,))), index))
    branch.forget()
    assert name_of(world, world.other_id) == "Yarrow", "the living database goes on"


@contextlib.contextmanager
def restored_with(world, name, key):
    """What a start on the restored dump says when only this root key is left."""
    with restored(world, name) as made:
        use(Ring(LocalRoot(Keys((key,))), ring().index))
        branch.forget()
        with transaction(world.gp), pytest.raises(keys.WrongKey) as wrong:
            keys.check_canary(session)
        with pytest.raises(Unavailable):
            name_of(world, world.person_id)
        assert made
        yield wrong.value
