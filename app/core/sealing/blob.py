"""A sealed blob: header, nonce, AES-256-GCM; it opens in one place and nowhere else.

The place is the table, group, row and person; header and place are associated data. Inside
is the length and the content, padded so that only a size to the next 64 bytes shows.
"""

import os
import struct
import uuid
from typing import NamedTuple

from cryptography.exceptions import InvalidTag

from app.core.keys.person_key import FORMAT, HEADER, SUITE, PersonKey
from app.core.keys.wrapping import NONCE_BYTES, DoesNotOpen

BUCKET = 64
LENGTH = struct.Struct(">I")
BODY = HEADER.size + NONCE_BYTES


class Place(NamedTuple):
    """Where a blob belongs, besides to its person."""

    table: str
    group: str
    row_id: uuid.UUID


def seal(key: PersonKey, place: Place, plain: bytes) -> bytes:
    """Seal `plain` for one place and the person of `key`."""
    group = key.group(place.table, place.group)
    nonce = os.urandom(NONCE_BYTES)
    about = group.before + place.row_id.bytes + group.after
    return key.header + nonce + group.cipher.encrypt(nonce, _padded(plain), about)


def unseal(key: PersonKey, place: Place, blob: bytes) -> bytes:
    """What was sealed.

    Raises:
        DoesNotOpen: without saying why.
    """
    if blob[: HEADER.size] != key.header:
        raise DoesNotOpen
    group = key.group(place.table, place.group)
    about = group.before + place.row_id.bytes + group.after
    try:
        padded = group.cipher.decrypt(blob[HEADER.size : BODY], blob[BODY:], about)
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None
    (size,) = LENGTH.unpack_from(padded)
    return padded[LENGTH.size : LENGTH.size + size]


def generation(blob: bytes) -> int:
    """The generation of the key that a blob says it was sealed with.

    Raises:
        DoesNotOpen: the header is not one of ours.
    """
    if len(blob) <= BODY or (blob[0], blob[1]) != (FORMAT, SUITE):
        raise DoesNotOpen
    return int(HEADER.unpack_from(blob)[2])


def _padded(plain: bytes) -> bytes:
    sized = LENGTH.pack(len(plain)) + plain
    return sized + bytes(-len(sized) % BUCKET)
