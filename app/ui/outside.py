"""What a page may fetch from another host: nothing, unless it says so for this one answer."""

from urllib.parse import urlsplit

from flask import g

from config.ground import Ground


def allow_images(address: str) -> None:
    """Let this answer show images from the host of an address, and from no other."""
    parts = urlsplit(address)
    # Map tiles come from numbered hosts: {s} stands for the number.
    g.images_from = f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


def shown(ground: Ground) -> Ground:
    """What lies under the pins of a map: this answer may fetch it, where the deployer names it."""
    if ground.tiles:
        allow_images(ground.tiles)
    return ground


def images_from() -> str:
    """The host that images may come from, besides our own; empty is none."""
    return str(g.get("images_from", ""))
