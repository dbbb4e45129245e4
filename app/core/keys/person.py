"""Data keys, one a person, and the keys a transaction has in hand.

Row-level security decides which rows of `person_key` there are to read.
"""

import os
import uuid
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session, SessionTransaction

from app.core.db import session
from app.core.keys import branch, erased
from app.core.keys.derivation import KEY_BYTES
from app.core.keys.person_key import PersonKey
from app.core.keys.person_row import Opened, opened, wrapped_row
from app.core.keys.tables import PERSON_KEYS
from app.core.keys.wrapping import DoesNotOpen

IN_HAND = "person keys"  # None in there: the key does not open, or is not there
HELD = "held person keys"
HOLD = sa.text("select * from trellis.hold_person_key(:person_id)").columns(*PERSON_KEYS.c)

# Built once: putting it together takes as long as running it.
OF_MANY = sa.select(PERSON_KEYS).where(
    PERSON_KEYS.c.person_id == sa.any_(sa.bindparam("person_ids", type_=sa.ARRAY(sa.UUID)))
)


def make_for(person_id: uuid.UUID) -> None:
    """Store a data key for a new person, in the present transaction."""
    key = PersonKey(person_id, 1, os.urandom(KEY_BYTES))
    session.execute(sa.insert(PERSON_KEYS).values(wrapped_row(key, *branch.current(session))))
    _in_hand()[person_id] = key
    _held().add(person_id)  # nobody else can see it yet


def preload(person_ids: Iterable[uuid.UUID]) -> None:
    """Have the keys of these people in hand, in one query."""
    in_hand = _in_hand()
    missing = {one for one in person_ids if one not in in_hand}
    if missing:
        in_hand.update(dict.fromkeys(missing))
        in_hand.update(_load(missing))
        erased.look_for(one for one in missing if in_hand[one] is None)


def of(person_id: uuid.UUID, *, afresh: bool = False) -> PersonKey:
    """The data key of one person, for reading; `afresh` after it was rotated meanwhile.

    Raises:
        DoesNotOpen: it is not there to see, or is not what was stored for this person.
    """
    in_hand = _in_hand()
    if afresh:
        in_hand.pop(person_id, None)
    if person_id not in in_hand:
        preload([person_id])
    return _present(in_hand[person_id])


def is_gone(person_id: uuid.UUID) -> bool:
    """Whether there is no key for reading because the person was erased."""
    preload([person_id])
    return _in_hand()[person_id] is None and erased.is_erased(person_id)


def hold(person_id: uuid.UUID) -> PersonKey:
    """The data key of one person, for writing: not rotated before this transaction ends."""
    held = _held()
    if person_id not in held:
        rows = session.execute(HOLD, {"person_id": person_id}).all()
        _in_hand()[person_id] = opened(session, rows).get(person_id)
        held.add(person_id)
    return _present(_in_hand()[person_id])


def _load(person_ids: set[uuid.UUID]) -> Opened:
    return opened(session, session.execute(OF_MANY, {"person_ids": list(person_ids)}))


def _present(key: PersonKey | None) -> PersonKey:
    if key is None:
        raise DoesNotOpen
    return key


def _in_hand() -> Opened:
    found: Opened = session.info.setdefault(IN_HAND, {})
    return found


def _held() -> set[uuid.UUID]:
    found: set[uuid.UUID] = session.info.setdefault(HELD, set())
    return found


@sa.event.listens_for(Session, "after_transaction_end")
def _let_go(ended: Session, transaction: SessionTransaction) -> None:
    # A savepoint taken back takes its locks and its new keys with it.
    if transaction.parent is None or transaction.nested:
        ended.info.pop(IN_HAND, None)
        ended.info.pop(HELD, None)
