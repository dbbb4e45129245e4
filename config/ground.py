"""What the public directory's map lies on: nothing, unless a deployer names where tiles are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

TILES = re.compile(
    r"https?://(\{s\}\.)?[a-z0-9.-]+(:[0-9]+)?/"
    r"(?=.*\{z\})(?=.*\{x\})(?=.*\{y\})[^\s;,'\"]*"
)


@dataclass(frozen=True)
class Ground:
    """The address of map tiles and who made them; both empty is a plain ground."""

    tiles: str = ""
    attribution: str = ""


def load(environment: Mapping[str, str], complaints: list[str]) -> Ground:
    """Read MAP_TILES and MAP_ATTRIBUTION."""
    tiles = environment.get("TRELLIS_MAP_TILES", "").strip()
    if tiles and not TILES.fullmatch(tiles):
        complaints.append("TRELLIS_MAP_TILES must be an address with {z}, {x} and {y} in its path")
    return Ground(tiles, environment.get("TRELLIS_MAP_ATTRIBUTION", "").strip())
