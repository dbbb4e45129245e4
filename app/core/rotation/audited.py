"""What is stored of a person must be what was audited, or a rotation would vouch for it."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.core.keys import stamp
from app.core.keys.person_key import PersonKey
from app.core.keys.wrapping import DoesNotOpen
from app.core.rotation.rows import SealedRow
from app.core.sealing.digest import digest_of

NEWEST = sa.text(
    "select subject, newest.* from unnest(cast(:row_ids as uuid[])) subject"
    " cross join lateral trellis.digests_of(subject, trellis.stamps_begin(), 1) newest"
)


def require(connection: sa.Connection, rows: Sequence[SealedRow], key: PersonKey) -> None:
    """Compare each row with the newest digest of it.

    Raises:
        DoesNotOpen: one is something else, or the digest is not ours; the nightly check names it.
    """
    asked = {"row_ids": [row.row_id for row in rows]}
    lines = {line.subject: line for line in connection.execute(NEWEST, asked)}
    for row in rows:
        line = lines.get(row.row_id)
        stored = digest_of((f"{group}_sealed", blob) for group, blob in row.blobs.items())
        if line and not (
            line.digest == stored and stamp.is_believed(key, row.table.name, row.row_id, line)
        ):
            raise DoesNotOpen
