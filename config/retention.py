"""How long records are kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Retention:
    """Years after the end, an age in years, and days that backups of the database are kept."""

    adult_years: int
    child_age: int
    declined_years: int
    backup_days: int
