"""Figures about the audit trail, asked of the database when they are asked of us."""

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from app.core.db import NOBODY, transaction
from app.core.errors import TrellisError
from app.core.notary import standing
from app.core.notary.standing import Standing


def figures() -> bytes:
    """In Prometheus' text format; nothing while the database is away."""
    try:
        with transaction(NOBODY) as asking:
            now = standing.look(asking)
    except (SQLAlchemyError, TrellisError):
        return b""
    registry = CollectorRegistry()
    _ledger(registry, now)
    _check(registry, now)
    return generate_latest(registry)


def _ledger(registry: CollectorRegistry, now: Standing) -> None:
    sealed = Gauge("trellis_audit_sealed_entries", "Entries in the tree", registry=registry)
    sealed.set(now.sealed.size or 0)
    waiting = Gauge(
        "trellis_audit_waiting_seconds", "How long an entry waits to be sealed", registry=registry
    )
    waiting.set(now.waiting().total_seconds())
    behind = Gauge(
        "trellis_audit_witness_behind_entries",
        "Sealed entries that a witness has not been told of",
        ["witness"],
        registry=registry,
    )
    trouble = Gauge(
        "trellis_audit_witness_trouble_seconds",
        "How long a witness could not be told",
        ["witness"],
        registry=registry,
    )
    for one in now.witnesses:
        behind.labels(one.name).set(now.unseen(one))
        since = one.trouble_since
        trouble.labels(one.name).set((now.now - since).total_seconds() if since else 0)


def _check(registry: CollectorRegistry, now: Standing) -> None:
    failed = Gauge(
        "trellis_integrity_findings", "Stored records that fail their check", registry=registry
    )
    failed.set(now.check.open_findings)
    ended = Gauge(
        "trellis_integrity_checked_timestamp", "When the last check ended", registry=registry
    )
    ended.set(now.check.finished_at.timestamp() if now.check.finished_at else 0)
