"""Refresh the copy of NHS.UK frontend under static/nhsuk: `python -m app.ui.vendor_nhsuk`.

Needs npm. Takes the built stylesheet, script and the few icons the stylesheet names; leaves out
the NHS logo, the favicons and the remote Frutiger font, none of which are ours to use.
"""

import re
import sys
from pathlib import Path

from app.ui import vendor

VERSION = "10.6.1"
HERE = Path(__file__).parent / "static" / "nhsuk"
BUILT = Path("dist/nhsuk")
REMOTE_FONTS = re.compile(r"@font-face\s*\{[^}]*\}")
SOURCE_MAP = re.compile(r"/[*/][#@] sourceMappingURL=\S+?(?:\s*\*/)?\s*$")
ICON = re.compile(r"url\(/assets/images/([\w.-]+)\)")


def stylesheet(text: str) -> str:
    """The built stylesheet with local icons and fonts only."""
    text = REMOTE_FONTS.sub("", text).replace("Frutiger W01,", "")
    text = ICON.sub(r"url(images/\1)", SOURCE_MAP.sub("", text))
    if "//" in re.sub(r"http://www\.w3\.org/\d+/svg", "", text):
        raise SystemExit("The stylesheet still names another host")
    return text + "\n"


def refresh(package: Path) -> None:
    """Copy what is needed from the unpacked package."""
    source = (package / BUILT / "nhsuk-frontend.min.css").read_text()
    (HERE / "images").mkdir(parents=True, exist_ok=True)
    for icon in sorted(set(ICON.findall(source))):
        svg = (package / BUILT / "assets" / "images" / icon).read_bytes()
        (HERE / "images" / icon).write_bytes(svg)
    script = (package / BUILT / "nhsuk-frontend.min.js").read_text()
    vendor.write(HERE / "nhsuk-frontend.min.css", stylesheet(source))
    vendor.write(HERE / "nhsuk-frontend.min.js", SOURCE_MAP.sub("", script) + "\n")
    (HERE / "VERSION").write_text(f"nhsuk-frontend {VERSION}\n")


def main() -> None:
    """Fetch the package with npm and refresh the copy."""
    with vendor.unpacked(f"nhsuk-frontend@{VERSION}") as package:
        refresh(package)
    sys.stdout.write(f"static/nhsuk is nhsuk-frontend {VERSION}\n")


if __name__ == "__main__":
    main()
