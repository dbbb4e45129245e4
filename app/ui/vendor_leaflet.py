"""Refresh the copy of Leaflet under static/leaflet: `python -m app.ui.vendor_leaflet`.

Needs npm. Takes the built script and stylesheet; three places that write markup from text are
changed to write text, because our pages let no script do the former (Trusted Types). The icons of
controls that we do not use are left out.
"""

import re
import sys
from pathlib import Path

from app.ui import vendor

VERSION = "1.9.4"
HERE = Path(__file__).parent / "static" / "leaflet"
SOURCE_MAP = re.compile(r"\n?//# sourceMappingURL=\S+\s*$")
IMAGES = re.compile(r"[^{}]*\{[^{}]*url\([^{}]*\}")
# Each as it is built, and as it is kept.
PLAINER = (
    (
        (
            'Wt=!!Ht&&((Wt=document.createElement("div")).innerHTML="<svg/>",'
            '"http://www.w3.org/2000/svg"===(Wt.firstChild&&Wt.firstChild.namespaceURI))'
        ),
        "Wt=Ht",
    ),
    ('i.innerHTML=t,i.href="#"', 'i.textContent=t,i.href="#"'),
    ("i.innerHTML='<span aria-hidden=\"true\">&#215;</span>'", 'i.textContent="\\u00d7"'),
)


def script(text: str) -> str:
    """The built script without its three pieces of markup."""
    for built, kept in PLAINER:
        if text.count(built) != 1:
            raise SystemExit(f"Leaflet is built in another way: {built}")
        text = text.replace(built, kept)
    return SOURCE_MAP.sub("", text) + "\n"


def stylesheet(text: str) -> str:
    """The built stylesheet without rules that name an image."""
    return IMAGES.sub("", text)


def refresh(package: Path) -> None:
    """Copy what is needed from the unpacked package."""
    HERE.mkdir(parents=True, exist_ok=True)
    built = package / "dist"
    vendor.write(HERE / "leaflet.js", script((built / "leaflet.js").read_text(encoding="utf-8")))
    style = stylesheet((built / "leaflet.css").read_text(encoding="utf-8"))
    vendor.write(HERE / "leaflet.css", style)
    licence = (package / "LICENSE").read_text(encoding="utf-8")
    (HERE / "LICENCE").write_text(licence, encoding="utf-8")
    (HERE / "VERSION").write_text(f"leaflet {VERSION}\n", encoding="utf-8")


def main() -> None:
    """Fetch the package with npm and refresh the copy."""
    with vendor.unpacked(f"leaflet@{VERSION}") as package:
        refresh(package)
    sys.stdout.write(f"static/leaflet is leaflet {VERSION}\n")


if __name__ == "__main__":
    main()
