"""Refresh the copy of NHS.UK frontend under static/nhsuk: `python -m app.ui.vendor_nhsuk`.

Needs npm. Takes the built stylesheet, script and the few icons the stylesheet names; leaves out
the NHS logo, the favicons and the remote Frutiger font, none of which are ours to use.
"""

import gzip
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "10.6.1"
HERE = Path(__file__).parent / "static" / "nhsuk"
BUILT = Path("package/dist/nhsuk")
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


def write(name: str, text: str) -> None:
    """Write a file and, beside it, the compressed copy that WhiteNoise serves."""
    (HERE / name).write_text(text)
    (HERE / f"{name}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def refresh(unpacked: Path) -> None:
    """Copy what is needed from an unpacked npm package."""
    source = (unpacked / BUILT / "nhsuk-frontend.min.css").read_text()
    (HERE / "images").mkdir(parents=True, exist_ok=True)
    for icon in sorted(set(ICON.findall(source))):
        svg = (unpacked / BUILT / "assets" / "images" / icon).read_bytes()
        (HERE / "images" / icon).write_bytes(svg)
    script = (unpacked / BUILT / "nhsuk-frontend.min.js").read_text()
    write("nhsuk-frontend.min.css", stylesheet(source))
    write("nhsuk-frontend.min.js", SOURCE_MAP.sub("", script) + "\n")
    (HERE / "VERSION").write_text(f"nhsuk-frontend {VERSION}\n")


def main() -> None:
    """Fetch the package with npm and refresh the copy."""
    with tempfile.TemporaryDirectory() as folder:
        package = f"nhsuk-frontend@{VERSION}"
        subprocess.run(
            ["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
            packed.extractall(folder, filter="data")
        refresh(Path(folder))
    sys.stdout.write(f"static/nhsuk is nhsuk-frontend {VERSION}\n")


if __name__ == "__main__":
    main()
