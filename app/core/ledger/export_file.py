"""Read an export of the audit trail, line by line, so that memory does not grow with it."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FORM = "trellis audit export 2"  # what an older release would take for changed entries
READ = (FORM, "trellis audit export 1")


class NotAnExport(Exception):
    """The file cannot be read as one; the message says where."""


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Every line after the first, which says what the file is.

    Raises:
        NotAnExport: it is not one, or it was cut short in the middle of a line.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                line = _read(text, number)
                if number == 1 and line.get("form") not in READ:
                    raise NotAnExport("This is not an export made by `trellis audit export`")
                if number > 1:
                    yield line
    except (OSError, UnicodeDecodeError, EOFError, zlib.error) as error:
        raise NotAnExport(f"The export cannot be read: {error}") from error


def leaves(path: Path) -> Iterator[dict[str, Any]]:
    """Only the leaves, in the order of the tree."""
    return (line for line in lines(path) if "leaf" in line)


def _read(text: str, number: int) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NotAnExport(f"Line {number} of the export cannot be read")
    return found
