"""One service a line: the same JSON as of one service by itself."""

import json
import zlib
from collections.abc import Iterable, Iterator

from directory.open_referral.schemas.service import ServiceSchema
from directory.sharing.queries import walk

LEVEL = 5
GZIP = 31


def lines() -> Iterator[bytes]:
    """All services, a batch of lines at a time."""
    schema = ServiceSchema(many=True)
    for batch in walk.services(schema.dump):
        written = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in batch)
        yield "".join(f"{one}\n" for one in written).encode()


def packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same as gzip, part after part."""
    press = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    for one in parts:
        yield press.compress(one)
    yield press.flush()
