"""Find a person by NHS number, or by surname and date of birth, without storing either."""

from app.core.blind_index.digests import Terms, name_and_birth, nhs_number
from app.core.blind_index.stored import (
    every_digest,
    people_with_name_and_birth,
    people_with_nhs_number,
    write,
)

__all__ = [
    "Terms",
    "every_digest",
    "name_and_birth",
    "nhs_number",
    "people_with_name_and_birth",
    "people_with_nhs_number",
    "write",
]
