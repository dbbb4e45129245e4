"""What lies under the pins of a map: nothing, unless the deployer names where tiles come from."""

from app.ui import outside
from config.ground import Ground
from config.settings import Settings


def of(settings: Settings) -> Ground:
    """The ground of this installation; the page's content policy lets its images in."""
    if settings.ground.tiles:
        outside.allow_images(settings.ground.tiles)
    return settings.ground
