"""Everything a deployer can set, from the environment, read once at start.

Each setting is a `TRELLIS_…` variable described in `.env.example`. A secret may stand in the
variable itself or in a file named by the same variable with `_FILE`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config import acts, database, ground, key_store, limits, oidc
from config.acts import Needs
from config.environment import Reader, SettingsError
from config.ground import Ground
from config.key_store import KeyStore
from config.limits import Limits
from config.oidc import OidcProvider
from config.retention import Retention


@dataclass(frozen=True)
class Settings:
    """The settings of one installation. URLs are libpq or SQLAlchemy style."""

    database_url: str | None
    owner_database_url: str | None
    direct_database_url: str | None
    backup_database_url: str | None
    variable_folder: Path
    public_url: str
    secret_key: bytes
    key_store: KeyStore | None
    root_keys: tuple[bytes, ...]
    root_key_file: Path | None
    index_keys: tuple[bytes, ...]
    index_key_file: Path | None
    audit_keys: tuple[bytes, ...]
    audit_witnesses: tuple[str, ...]
    operator_email: str
    smtp_url: str
    mail_from: str
    bounce_address: str
    demonstration: bool
    idle_minutes: int
    absolute_hours: int
    pool_size: int
    link_worker_label: str
    first_contact_days: int
    onward_answer_working_days: int
    waiting_review_days: int
    risk_review_days: int
    emergency_daily_limit: int
    retention: Retention
    service_name: str
    ground: Ground
    log_level: str
    providers: tuple[OidcProvider, ...]
    acts: Needs
    limits: Limits

    def owner_url(self) -> str:
        """Where the database's owner signs in. Raises SettingsError when nothing says so."""
        if self.owner_database_url is None:
            raise SettingsError("TRELLIS_OWNER_DATABASE_URL is not set: this is the owner's to do")
        return self.owner_database_url

    @classmethod
    def load(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the environment.

        Raises:
            SettingsError: names every variable that is missing or cannot be understood.
        """
        reader = Reader(os.environ if environment is None else environment)
        found = cls(
            database_url=reader.text("DATABASE_URL") or None,
            owner_database_url=reader.text("OWNER_DATABASE_URL") or None,
            direct_database_url=reader.text("DIRECT_DATABASE_URL") or None,
            backup_database_url=reader.text("BACKUP_DATABASE_URL") or None,
            variable_folder=Path(reader.text("VAR", "var")).resolve(),
            public_url=reader.text("PUBLIC_URL", "http://localhost:8000").rstrip("/"),
            secret_key=reader.key("SECRET_KEY"),
            key_store=key_store.load(reader.environment, reader.complaints),
            root_keys=reader.root_keys(),
            root_key_file=reader.path_of("ROOT_KEY"),
            index_keys=reader.keys("INDEX_KEY"),
            index_key_file=reader.path_of("INDEX_KEY"),
            **_audit(reader),
            smtp_url=reader.text("SMTP_URL", "smtp://localhost:25"),
            mail_from=reader.text("MAIL_FROM", "trellis@localhost"),
            bounce_address=reader.text("BOUNCE_ADDRESS"),
            demonstration=reader.text("DEMONSTRATION", "0") == "1",
            pool_size=reader.number("POOL_SIZE", 8),
            **_clocks(reader),
            **_look(reader),
            log_level=reader.text("LOG_LEVEL", "INFO"),
            providers=oidc.load(reader.environment, reader.complaints),
            acts=acts.load(reader.environment, reader.complaints),
            limits=limits.load(reader.environment, reader.complaints),
        )
        return _finished(reader, found)


def _audit(reader: Reader) -> dict[str, Any]:
    return {
        "audit_keys": reader.keys("AUDIT_KEY", needed=False),
        "audit_witnesses": tuple(reader.text("AUDIT_WITNESSES").split()),
        "operator_email": reader.text("OPERATOR_EMAIL"),
    }


def _look(reader: Reader) -> dict[str, Any]:
    return {
        "link_worker_label": reader.text("LINK_WORKER_LABEL", "community referrer"),
        "service_name": reader.text("SERVICE_NAME", "Trellis"),
        "ground": ground.load(reader.environment, reader.complaints),
    }


def _clocks(reader: Reader) -> dict[str, Any]:
    return {
        "idle_minutes": reader.number("IDLE_MINUTES", 15),
        "absolute_hours": reader.number("ABSOLUTE_HOURS", 12),
        "first_contact_days": reader.number("FIRST_CONTACT_DAYS", 7),
        "onward_answer_working_days": reader.number("ONWARD_ANSWER_WORKING_DAYS", 5),
        "waiting_review_days": reader.number("WAITING_REVIEW_DAYS", 28),
        "risk_review_days": reader.number("RISK_REVIEW_DAYS", 91),
        "emergency_daily_limit": reader.number("EMERGENCY_DAILY_LIMIT", 3),
        "retention": _retention(reader),
    }


def _retention(reader: Reader) -> Retention:
    return Retention(
        adult_years=reader.number("RETENTION_ADULT_YEARS", 8, least=8),
        child_age=reader.number("RETENTION_CHILD_AGE", 25, least=25),
        declined_years=reader.number("RETENTION_DECLINED_YEARS", 2, least=2),
        backup_days=reader.number("BACKUP_DAYS", 35),
    )


def _in_the_clear(reader: Reader) -> list[str]:
    given = {
        name: reader.text(name)
        for name in (f"{whose}DATABASE_URL" for whose in ("", "OWNER_", "DIRECT_", "BACKUP_"))
    }
    return [
        f"TRELLIS_{name} leads to another machine: it must say sslmode=verify-full"
        for name, url in given.items()
        if not database.is_safe(url, reader.environment)
    ]


def _finished(reader: Reader, found: Settings) -> Settings:
    """The settings, unless something in them cannot serve."""
    if set(found.index_keys) & set(found.root_keys):
        reader.complaints.append("TRELLIS_INDEX_KEY must be a key of its own")
    if {*found.audit_keys} & {*found.root_keys, *found.index_keys}:
        reader.complaints.append("TRELLIS_AUDIT_KEY must be a key of its own")
    if not found.demonstration:
        reader.complaints += _in_the_clear(reader)
    if reader.complaints:
        raise SettingsError("\n".join(reader.complaints))
    return found
