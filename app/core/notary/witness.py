"""Tell witnesses outside, so that an end that is cut off is missed by somebody.

Each is told the newest checkpoint with a proof that it grew from the one it knew, and remembers
for itself. One that is away holds up no other, and is tried again every minute.
"""

import hashlib
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import insert

from app.core import clock, jobs
from app.core.db import session, transaction
from app.core.ledger import proofs
from app.core.ledger.note import NotSigned
from app.core.ledger.tree import Frontier
from app.core.ledger.witness_file import Told
from app.core.notary import sealing
from app.core.notary.destination import Contradiction, Destination, Knows, destination
from app.core.notary.keeper import NOTARY, signers
from app.core.notary.tables import CHECKPOINTS, LEAVES, WITNESSES
from config.settings import Settings

log = structlog.get_logger()


@jobs.queue.periodic(cron="* * * * *")
@jobs.queue.task(name="tell_witnesses", queue="audit", queueing_lock="tell_witnesses")
def tell_witnesses(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes it
    """Tell everyone in the settings."""
    settings = Settings.load()
    for address in settings.audit_witnesses:
        try:
            tell(address, settings)
        except Exception as error:
            _note_trouble(address, error)


def tell(address: str, settings: Settings) -> int:
    """Tell one witness the newest checkpoint; the size it knows now.

    Raises:
        Contradiction: it was told another tree before, or a larger one.
    """
    where = destination(address, settings)
    with transaction(NOTARY):
        newest, known = sealing.newest(), _known(address)
    if newest is None or (known.told_at and clock.now() - known.told_at < where.every):
        return int(known.size)
    size = _remembered(where, known.size, newest, settings)
    if size != newest.size:
        _send(where, size, newest)
    _note(address, size=newest.size, told_at=clock.now(), trouble="", trouble_since=None)
    return int(newest.size)


def name_of(address: str) -> str:
    """How reports and metrics name a witness: its kind and its computer, nobody's name."""
    parts = urlsplit(address)
    if parts.scheme == "mailto":
        whose = hashlib.sha256(address.encode()).hexdigest()[:8]
        return f"mailto:{parts.path.rpartition('@')[2]}:{whose}"
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}:{parts.hostname or ''}{port}{parts.path}"


def _remembered(where: Destination, noted: int, newest: Any, settings: Settings) -> int:
    """The size that the witness knows, as far as it can say so itself."""
    last = where.known()
    if last is None:
        return noted
    try:
        found = last.checkpoint([one.verifier for one in signers(settings)])
    except NotSigned as error:
        raise Contradiction(f"The witness keeps what we did not sign: {error}") from error
    ours = _checkpoint(found.size) if found.size <= newest.size else None
    if ours is None or _root(ours) != found.root:
        raise Contradiction(f"The witness keeps {found.words}, which is not of our tree")
    return found.size


def _send(where: Destination, size: int, newest: Any) -> None:
    try:
        where.send(_told(size, newest))
    except Knows as knows:
        if knows.size in (size, newest.size) or knows.size > newest.size:
            raise Contradiction(f"{knows}, which ours did not grow from") from knows
        where.send(_told(knows.size, newest))


def _told(size: int, newest: Any) -> Told:
    """The newest checkpoint, with the proof from the tree of `size`."""
    if size == 0:
        return Told(0, [], newest.note)
    old = _checkpoint(size)
    if old is None:
        raise Contradiction(f"The witness knows a tree of {size} entries; there was none")
    between = (LEAVES.c.position >= size) & (LEAVES.c.position < newest.size)
    with transaction(NOTARY):
        found = sa.select(LEAVES.c.hash).where(between).order_by(LEAVES.c.position)
        newer = [bytes(one) for one in session.scalars(found)]
    subtree = proofs.grown_from(Frontier(size, list(map(bytes, old.frontier))), newer)
    return Told(size, proofs.consistency(size, newest.size, subtree), newest.note)


def _checkpoint(size: int) -> Any:
    with transaction(NOTARY):
        wanted = sa.select(CHECKPOINTS).where(CHECKPOINTS.c.size == size)
        return session.execute(wanted).one_or_none()


def _root(row: Any) -> bytes:
    return Frontier(row.size, list(map(bytes, row.frontier))).root()


def _known(address: str) -> Any:
    name = name_of(address)
    session.execute(insert(WITNESSES).values(name=name).on_conflict_do_nothing())
    return session.execute(sa.select(WITNESSES).where(WITNESSES.c.name == name)).one()


def _note(address: str, **values: Any) -> None:
    with transaction(NOTARY):
        mine = WITNESSES.c.name == name_of(address)
        session.execute(sa.update(WITNESSES).where(mine).values(**values))


def _note_trouble(address: str, error: Exception) -> None:
    """Words for an operator: ours as they are, of anything else only what kind it is."""
    trouble = str(error) if isinstance(error, Contradiction) else type(error).__name__
    since = sa.func.coalesce(WITNESSES.c.trouble_since, clock.now())
    if isinstance(error, Contradiction):
        log.error("audit.witness_contradicts", witness=name_of(address), trouble=trouble)
    else:
        log.warning("audit.witness_not_told", witness=name_of(address), trouble=trouble)
    with transaction(NOTARY):
        _known(address)
    _note(address, trouble=trouble, trouble_since=since)
