"""Packages of npm, unpacked for a moment, from which copies under static/ are refreshed."""

import contextlib
import gzip
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def unpacked(package: str) -> Iterator[Path]:
    """The folder of a package such as `leaflet@1.9.4`, fetched with npm."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
            packed.extractall(folder, filter="data")
        yield Path(folder) / "package"


def write(path: Path, text: str) -> None:
    """Write a file and, beside it, the compressed copy that WhiteNoise serves."""
    path.write_text(text, encoding="utf-8")
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
