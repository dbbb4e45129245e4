"""Taking pieces out of a service that may be any shape at all."""

from collections.abc import Iterator
from typing import Any

from directory.importing import cleaning
from directory.importing.entry import Raw, Remark


class Pieces:
    """One row of a source: what is read from it, and the remarks made while reading."""

    def __init__(self, row: Raw) -> None:
        self.row = row
        self.external_id = cleaning.line(row.get("id"), 1000)
        self.name = cleaning.line(row.get("name"), 1000)
        self.remarks: list[Remark] = []

    def remark(self, outcome: str, about: str, value: Any, reason: str) -> Remark:
        """Note something for the report."""
        said = cleaning.line(value, 200)
        made = Remark(outcome, self.external_id, self.name, about, said, reason)
        self.remarks.append(made)
        return made

    def text(self, row: Raw, about: str, limit: int) -> str:
        """Paragraphs of plain text; a remark when they had to be cut."""
        said = cleaning.text(row.get(about), limit)
        if len(said) == limit and said.endswith(cleaning.ELLIPSIS):
            self.remark("mended", about, said, f"longer than {limit:,} characters: cut")
        return said

    def url(self, row: Raw, *abouts: str) -> str:
        """The first web address said under these names; a remark when it is none."""
        about, value = _first(row, *abouts)
        said = cleaning.url(value)
        if said is None:
            self.remark("mended", about, value, "not an address of http or https: left out")
        elif said and not cleaning.line(value, 2000).lower().startswith("http"):
            self.remark("mended", about, value, f"no scheme: read as {said}")
        return said or ""

    def email(self, row: Raw, about: str = "email") -> str:
        """The e-mail address; a remark when mail could never arrive there."""
        said = cleaning.email(row.get(about))
        if said is None:
            reason = "mail cannot arrive at this address: left out"
            self.remark("mended", about, row.get(about), reason)
        return said or ""


def rows(row: Raw, *names: str) -> Iterator[Raw]:
    """The objects listed under the first of these names that lists any."""
    for name in names:
        found = row.get(name)
        if isinstance(found, dict):
            found = [found]
        if isinstance(found, list) and found:
            yield from (one for one in found[:200] if isinstance(one, dict))
            return


def part(row: Raw, name: str) -> Raw:
    """The object under this name; empty when it is something else."""
    found = row.get(name)
    return found if isinstance(found, dict) else {}


def _first(row: Raw, *abouts: str) -> tuple[str, Any]:
    said = ((about, row.get(about)) for about in abouts)
    return next(((about, value) for about, value in said if value), (abouts[0], None))
