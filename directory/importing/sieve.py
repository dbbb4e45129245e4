"""What of a source can go in: rows that can be read, each id once."""

import threading
from collections import Counter
from collections.abc import Collection, Iterable

from directory.importing import cleaning
from directory.importing.entry import Entry, Raw, Refused, Remark, Unreadable
from directory.importing.report import Remarks
from directory.importing.shapes import service

Row = Raw | Unreadable
MISSING = "no longer in the source: nothing was taken down, ask whether it still runs"
HALF_OF_IT = "more than half of the source is missing: nothing follows, ask who publishes it"


class Sieve:
    """Everything that does not go through is remarked upon in the report."""

    def __init__(self, report: Remarks, counts: Counter[str]) -> None:
        self.report = report
        self.counts = counts
        self._seen: dict[str, int] = {}
        self._refused: set[str] = set()
        # One thread reads ahead while another writes.
        self._one_at_a_time = threading.Lock()

    def entries(self, rows: Iterable[Row]) -> list[Entry]:
        """The services among these rows that can go in."""
        through = []
        for row in rows:
            try:
                entry = _read(row)
            except Refused as refused:
                self._refused.add(refused.remark.external_id)
                self.remark(refused.remark)
                continue
            if self._is_first(entry, hash(repr(row))):
                for remark in entry.remarks:
                    self.remark(remark)
                through.append(entry)
        return through

    def refuse(self, entry: Entry, about: str, reason: str) -> None:
        """Leave this service out, and say so."""
        known_as, name = entry.service.external_id, entry.service.name
        self.remark(Remark("refused", known_as, name, about, known_as, reason))

    def remark(self, remark: Remark) -> None:
        """Say something in the report."""
        with self._one_at_a_time:
            self.counts[remark.outcome] += 1
            self.report.add(remark)

    def gone(self, services: Collection[tuple[str, str]]) -> list[str]:
        """The ids of services (id, name) that a source said before and did not say now.

        A source that has lost more than half of them at once is not believed.
        """
        here = self._seen.keys() | self._refused
        missing = [one for one in services if one[0] not in here]
        is_believed = len(missing) * 2 <= len(services)
        reason = MISSING if is_believed else HALF_OF_IT
        for known_as, name in missing:
            self.remark(Remark("missing", known_as, name, "service", "", reason))
        return [known_as for known_as, _name in missing] if is_believed else []

    def _is_first(self, entry: Entry, likeness: int) -> bool:
        known_as = entry.service.external_id
        if known_as not in self._seen:
            self._seen[known_as] = likeness
            return True
        if self._seen[known_as] == likeness:
            self.counts["repeated"] += 1
        else:
            self.refuse(entry, "id", "this id is used for another service: the first went in")
        return False


def _read(row: Row) -> Entry:
    if isinstance(row, Unreadable):
        raise Refused(Remark("refused", "", "", "row", row.value, row.reason))
    try:
        return service.read(row)
    except (ValueError, TypeError, ArithmeticError, RecursionError) as error:
        # We know of no such row; one that we did not think of must not end the import.
        known_as, name = cleaning.line(row.get("id")), cleaning.line(row.get("name"))
        reason = f"this row cannot be read: {type(error).__name__}"
        raise Refused(Remark("refused", known_as, name, "row", "", reason)) from error
