"""Bring a database to the present release, as its owner."""

import contextlib
import hashlib
from pathlib import Path

import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import migrations
from app.core import context, keys, secrets
from app.core.address import sqlalchemy_url
from app.core.errors import Unavailable
from config.settings import Settings

SCRIPTS = Path(migrations.__file__).parent


def prepare(settings: Settings) -> None:
    """Migrate, give the database the key of the contexts, and make the first keys."""
    owner_url = settings.owner_url()
    migrate(owner_url, secrets.derive(settings.secret_key, "context"))
    keys.configure(settings)
    engine = sa.create_engine(sqlalchemy_url(owner_url), poolclass=sa.pool.NullPool)
    keys.first_use(engine)


def require_keys(settings: Settings) -> None:
    """Refuse to start with keys that are not this database's.

    Raises:
        WrongKey: names the canary that does not open.
    """
    keys.configure(settings)
    url = sqlalchemy_url(settings.database_url or "")
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    # A database or key store out of reach may come back: that is for readiness to say.
    away = (sa.exc.OperationalError, Unavailable)
    with contextlib.suppress(*away), engine.connect() as connection:
        keys.check_canary(connection)


def release() -> str:
    """A digest of the migrations: two releases with the same one need nothing between them."""
    digest = hashlib.sha256()
    for path in sorted((SCRIPTS / "versions").glob("*.*")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def migrate(owner_url: str, context_key: bytes) -> None:
    """Run the migrations that are missing and give the database the key of the contexts."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("sqlalchemy.url", owner_url.replace("%", "%%"))
    command.upgrade(config, "head")
    install_context_key(owner_url, context_key)


def install_context_key(owner_url: str, context_key: bytes) -> None:
    """Store the two padded keys with which the database checks every context."""
    with psycopg.connect(owner_url) as owner:
        owner.execute("set local role trellis_policy")
        owner.execute(
            "insert into trellis_private.context_key (inner_key, outer_key) values (%s, %s)"
            " on conflict (only_one) do update"
            " set inner_key = excluded.inner_key, outer_key = excluded.outer_key",
            context.padded_keys(context_key),
        )
