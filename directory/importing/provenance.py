"""Where each field of a listing comes from, and giving one back to its source."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.core.errors import Invalid, NotFound
from directory.importing import plan
from directory.importing.entry import Fields, Wanted
from directory.importing.hands import Hand
from directory.importing.needs import Needs
from directory.importing.plan import Step
from directory.importing.store import Store

RECORD = """
    select r.source_id, s.name, r.external_id, r.said
    from source_record r join directory_source s on s.id = r.source_id
    where r.local_id = %s and r.kind = 'service' for update of r"""


@dataclass(frozen=True)
class Origin:
    """One field: what is said here, what the source last said, and so who says it."""

    field: str
    here: Any
    there: Any
    source: str

    @property
    def is_held(self) -> bool:
        """Whether it was changed here, so that the source's word waits."""
        return not plan.same(self.field, self.here, self.there)

    @property
    def words(self) -> str:
        """In one line."""
        if not self.is_held:
            return f"{self.field}: from {self.source}"
        there = plan.shown(self.there)
        return f"{self.field}: changed here to {plan.shown(self.here)}; {self.source} says {there}"


def of_service(hand: Hand, service_id: uuid.UUID) -> list[Origin]:
    """Every field of this listing that its source has said. NotFound when none has."""
    with hand.batch():
        source, _record, said, here = _read(hand, service_id)
        return list(_origins(source, said, here))


def give_back(hand: Hand, service_id: uuid.UUID, field: str) -> Origin:
    """Make a field say again what its source says, and follow the source from now on."""
    with hand.batch():
        source, (store, external_id), said, here = _read(hand, service_id)
        found = next((one for one in _origins(source, said, here) if one.field == field), None)
        if found is None:
            fields = ", ".join(sorted(set(said) - {"assured_at"}))
            raise Invalid(f"{source} says nothing called {field} of this service; it says {fields}")
        wanted = Wanted("service", external_id, said)
        wanted.seal()
        change = {field: said[field]}
        step = Step(wanted, service_id, current=here, changes=change)
        store.write([step], Needs(hand.connection).ids, here["assurer"])
        return found


def _origins(source: str, said: Fields, here: Fields) -> Iterator[Origin]:
    for name in sorted(said):
        # That it was checked is a fact from whoever checked it last.
        if name != "assured_at":
            yield Origin(name, here.get(name), said[name], source)


def _read(hand: Hand, service_id: uuid.UUID) -> tuple[str, tuple[Store, str], Fields, Fields]:
    row = hand.connection.execute(RECORD, [service_id]).fetchone()
    if row is None:
        raise NotFound("No source has said anything of a service with this id")
    store = Store(hand, row[0])
    return row[1], (store, row[2]), row[3], store.current("service", [service_id])[service_id]
