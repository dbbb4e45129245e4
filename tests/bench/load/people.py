"""A person: key, sealed groups and what they are found by."""

import random

from app.core.blind_index.digests import NAME_AND_BIRTH, NHS_NUMBER, name_and_birth, nhs_number
from app.core.keys.ring import ring
from referrals.record.models.person import Channel, Contact, Identity, Requirements
from tests.bench.load.copying import Rows
from tests.bench.load.district import CASELOAD, MEASURED, QUEUE
from tests.bench.load.journey import Journey, Somebody
from tests.bench.load.sealer import Sealer, sealed
from tests.bench.load.words import (
    FAMILY,
    GIVEN,
    OUTWARDS,
    STREETS,
    birthday,
    new_id,
)
from tests.bench.load.words import nhs_number as number_of

# Argon2id costs 2 ms a number. Only people whom the bench looks for have their real digest;
# the others' rows hold 32 random bytes, from which an index cannot tell one.
LOOKED_FOR = MEASURED * (CASELOAD + QUEUE)


def add(rng: random.Random, rows: Rows, sealer: Sealer, journey: Journey) -> Somebody:
    """Write the person of a journey, known first to the practice that sends them."""
    person_id = new_id(rng)
    key, key_row = sealer.new_person(person_id)
    which = journey.case.number
    identity = Identity(
        rng.choice(GIVEN),
        rng.choice(FAMILY),
        birthday(rng),
        nhs_number=number_of(which),
        gender="F",
    )
    groups = {
        "identity": identity,
        "contact": _contact(rng),
        "requirements": Requirements(mobility="Walks with a stick" if rng.random() < 0.2 else ""),
    }
    blobs = {
        f"{group}_sealed": sealed(key, "person", group, person_id, value)
        for group, value in groups.items()
    }
    known = {"id": person_id, "created_at": journey.at, "agency_id": journey.practice.id}
    rows.add("person", **known, **blobs, version=1)
    rows.add("person_key", **key_row)
    _index(rng, rows, person_id, identity, real=which < LOOKED_FOR)
    return Somebody(person_id, key)


def _contact(rng: random.Random) -> Contact:
    phone = Channel("telephone", f"01632 96{rng.randrange(10_000):04}", rng.random() < 0.7, True)
    address = f"{rng.randint(1, 90)} {rng.choice(STREETS)}"
    return Contact(address, f"{rng.choice(OUTWARDS)} 1AA", (phone,), "Y90001", "Elm Surgery")


def _index(
    rng: random.Random, rows: Rows, person_id: object, identity: Identity, *, real: bool
) -> None:
    name, key = ring().index.newest()
    assert identity.date_of_birth is not None
    digests = [(NAME_AND_BIRTH, name_and_birth(identity.family_name, identity.date_of_birth, key))]
    if identity.nhs_number:
        digest = nhs_number(identity.nhs_number, key) if real else rng.randbytes(32)
        digests.append((NHS_NUMBER, digest))
    for kind, digest in digests:
        rows.add("person_index", person_id=person_id, kind=kind, digest=digest, key_name=name)
