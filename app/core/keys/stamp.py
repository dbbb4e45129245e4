"""What says that the application wrote a digest into the audit trail, and not somebody's SQL.

HMAC-SHA256 under the person's data key, over the row, its digest and the moment of the line. The
database holds that key only wrapped, so a stamp cannot be made there; and since the moment is in
it, the stamp of an earlier line can be copied but not had again: a second line with the same stamp
is a copy, and taking the first away changes the signed tree. Neither clocks nor the numbers of
lines are believed for that. A new data key seals every row anew, with a new line and stamp.
"""

import hmac
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from app.core.keys.derivation import expand
from app.core.keys.person_key import PersonKey

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Audited(NamedTuple):
    """What a line with a digest says."""

    table: str
    row_id: uuid.UUID
    digest: bytes
    at: datetime


def made(key: PersonKey, line: Audited) -> bytes:
    """The stamp of one line."""
    moment = ((line.at - EPOCH) // timedelta(microseconds=1)).to_bytes(8)
    about = line.table.encode(), line.row_id.bytes, line.digest, moment
    return expand(key.key, b"trellis audited digest", *about)


def is_ours(stamp: bytes, key: PersonKey, line: Audited) -> bool:
    """Whether the stamp was made with this key for this line."""
    return hmac.compare_digest(stamp, made(key, line))


def is_believed(key: PersonKey, table: str, row_id: uuid.UUID, line: Any) -> bool:
    """Whether a line of `trellis.digests_of` says what we wrote, or what a release before did."""
    if line.before or line.stamp is None or line.again:
        return bool(line.before)
    return is_ours(bytes(line.stamp), key, Audited(table, row_id, bytes(line.digest), line.at))
