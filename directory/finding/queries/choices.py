"""What a search can be narrowed by: the settled choices, and the languages that are spoken."""

from dataclasses import replace

from directory.finding.models.facet import GROUPS, LANGUAGE, Group
from directory.queries import languages


def groups() -> tuple[Group, ...]:
    """Every group with its choices, whatever was found. One statement."""
    spoken = languages.spoken()
    return tuple(replace(one, choices=spoken) if one is LANGUAGE else one for one in GROUPS)
