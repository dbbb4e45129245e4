"""Find a person by NHS number, or by surname and date of birth, without storing either."""

from app.core.blind_index.digests import Terms, name_and_birth, nhs_number
from app.core.blind_index.stored import (
    every_digest,
    keys_in_use,
    people_with_name_and_birth,
    people_with_nhs_number,
    write,
)

__all__ = [
    "Terms",
    "every_digest",
    "keys_in_use",
    "name_and_birth",
    "nhs_number",
    "people_with_name_and_birth",
    "people_with_nhs_number",
    "write",
]
