"""What is stored instead of an identifier, so that it can be found and not read.

Without the index key a digest says nothing. With it, ten digits are still few enough to try
out: hence Argon2id for the NHS number, which makes each try cost some milliseconds.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date

from argon2.low_level import Type, hash_secret_raw

from app.core.blind_index.folding import folded
from app.core.keys.derivation import encoded, expand
from app.core.keys.ring import ring

NHS_NUMBER = "nhs number"
NAME_AND_BIRTH = "name and birth"
MEMORY_KIB = 4096


@dataclass(frozen=True)
class Terms:
    """What a person can be found by; empty where it is not known."""

    nhs_number: str = ""
    family_name: str = ""
    date_of_birth: date | None = None


def nhs_number(number: str, key: bytes | None = None) -> bytes:
    """The digest of an NHS number, with the newest index key unless another is given."""
    key = ring().index.newest()[1] if key is None else key
    digits = "".join(number.split())
    return hash_secret_raw(
        hmac.digest(expand(key, b"nhs number"), digits.encode(), hashlib.sha256),
        salt=expand(key, b"nhs number salt"),
        time_cost=1,
        memory_cost=MEMORY_KIB,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    )


def name_and_birth(family_name: str, date_of_birth: date, key: bytes | None = None) -> bytes:
    """The one digest of a surname and a date of birth together; neither alone is ever stored."""
    key = ring().index.newest()[1] if key is None else key
    words = encoded(folded(family_name).encode(), date_of_birth.isoformat().encode())
    return hmac.digest(expand(key, b"name and birth"), words, hashlib.sha256)


def digests(terms: Terms, key: bytes) -> list[tuple[str, bytes]]:
    """The kinds and digests of everything known in `terms`."""
    found = []
    if terms.nhs_number.strip():
        found.append((NHS_NUMBER, nhs_number(terms.nhs_number, key)))
    if terms.date_of_birth and folded(terms.family_name):
        found.append((NAME_AND_BIRTH, name_and_birth(terms.family_name, terms.date_of_birth, key)))
    return found
