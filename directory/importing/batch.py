"""One batch of services: what shall become of each, decided before anything is written."""

import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time

from directory.importing import plan
from directory.importing.entry import Entry, Wanted
from directory.importing.plan import Known, Step
from directory.importing.store import Key, Store

Settled = dict[Key, uuid.UUID]


class Batch:
    """`settled` are the things this import has dealt with already; they are left alone."""

    def __init__(self, store: Store, settled: Settled, need_of: Callable[[str], str | None]):
        self.store = store
        self.settled = settled
        self.need_of = need_of
        self.ids: Settled = {}
        self.steps: list[Step] = []

    def decide(self, entries: list[Entry]) -> list[Step]:
        """The steps of these entries: organisations, then their places, then the services."""
        known = self.store.known(_all(entries))
        self._decide(known, [one.organisation for one in entries])
        self._place(entries)
        self._decide(known, [place for one in entries for place in one.places])
        for one in entries:
            self._complete(one)
        self._decide(known, [one.service for one in entries])
        return self.steps

    def id_of(self, kind: str, external_id: str) -> str:
        """Our id of something that this batch or an earlier one has dealt with."""
        key = (kind, external_id)
        return str(self.ids.get(key) or self.settled[key])

    def _decide(self, known: dict[Key, Known], wanted: Iterable[Wanted]) -> None:
        fresh = {one.key: one for one in reversed(list(wanted)) if one.key not in self.settled}
        for one in fresh.values():
            one.seal()
        news = [one for one in fresh.values() if one.key not in known]
        self._take([plan.add(one) for one in news])
        told = [(one, known[one.key]) for one in fresh.values() if one.key in known]
        same = [
            Step(one, was.local_id, is_told=False) for one, was in told if one.digest == was.digest
        ]
        self._take(same)
        self._merge([(one, was) for one, was in told if one.digest != was.digest])

    def _merge(self, told: list[tuple[Wanted, Known]]) -> None:
        said = self.store.said([one.key for one, _ in told])
        for kind in {one.kind for one, _ in told}:
            current = self.store.current(kind, [was.local_id for _, was in told])
            self._take(
                [
                    plan.merge(one, was, said[one.key], current.get(was.local_id))
                    for one, was in told
                ]
            )

    def _take(self, steps: list[Step]) -> None:
        self.steps += steps
        self.ids.update({one.wanted.key: one.local_id for one in steps})

    def _place(self, entries: list[Entry]) -> None:
        """Say whose each place is; a known postcode says better than a feed where it is."""
        spots = self.store.spots(p.fields["postcode"] for one in entries for p in one.places)
        for one in entries:
            for place in one.places:
                place.organisation_id = self.id_of("organisation", one.organisation.external_id)
                spot = spots.get(place.fields["postcode"])
                if spot:
                    place.fields["easting"], place.fields["northing"] = spot

    def _complete(self, one: Entry) -> None:
        """Say in our own ids and codes what the service has, and since when it is assured."""
        fields = one.service.fields
        fields["organisation_id"] = self.id_of("organisation", one.organisation.external_id)
        fields["places"] = [self.id_of("location", place.external_id) for place in one.places]
        fields["needs"] = sorted({code for word in one.words if (code := self.need_of(word))})
        day = one.assured_on
        fields["assured_at"] = datetime.combine(day, time(12), UTC).isoformat() if day else None


def _all(entries: list[Entry]) -> Iterable[Wanted]:
    for one in entries:
        yield from (one.organisation, one.service, *one.places)
