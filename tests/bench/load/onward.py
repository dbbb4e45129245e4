"""An onward referral with its disclosure, for the cases that have one."""

from datetime import timedelta

from directory.catalogue import Field
from referrals.onward.models.disclosure import Snapshot
from referrals.record.models.status import Status
from tests.bench.load.journey import Journey
from tests.bench.load.sealer import sealed
from tests.bench.load.words import new_id, text

LABELS = ("Name", "Telephone", "Age", "Would like", "In their own words")


def send_on(journey: Journey) -> None:
    """Write it, unless the case has none."""
    charity, rng = journey.charity, journey.rng
    if charity is None or journey.worker is None or not charity.services:
        return
    status = Status.REQUESTED if journey.case.is_open else Status.COMPLETED
    base, service_id = journey.base(2_000), rng.choice(charity.services)
    onward_id = base["id"]
    due = journey.now.date() + timedelta(days=rng.randint(-3, 5))
    next_due = due if journey.case.is_open else None
    journey.rows.add(
        "onward_referral",
        **{**base, "service_id": service_id, "from_agency_id": journey.team.id},
        to_agency_id=charity.id,
        created_by=journey.worker,
        status=str(status),
        reference=journey.reference(),
        closed_at=journey.closed,
        requested_at=base["created_at"],
        answer_due=due,
        next_due_on=next_due,
        version=1,
    )
    journey.rows.add(
        "relationship",
        **journey.base(2_000),
        agency_id=charity.id,
        role="onward",
        granted_by=journey.worker,
        status=str(status),
        link_worker_id=None,
        waiting_on_others=False,
        next_due_on=next_due,
        sent_at=base["created_at"],
        is_open=journey.case.is_open,
        onward_referral_id=onward_id,
    )
    about = {**base, "id": new_id(rng), "onward_referral_id": onward_id}
    journey.rows.add(
        "onward_event",
        **{**about, "user_id": journey.worker, "agency_id": journey.team.id},
        kind="sent",
        status="requested",
    )
    about["id"] = new_id(rng)
    snapshot = Snapshot(tuple((label, text(rng, 0, 1)) for label in LABELS))
    blob = sealed(journey.person.key, "disclosure", "snapshot", about["id"], snapshot)
    journey.rows.add(
        "disclosure",
        **{**about, "service_id": service_id, "to_agency_id": charity.id},
        user_id=journey.worker,
        profile="contact",
        basis="agreement",
        fields=[str(Field.NAME), str(Field.PHONE)],
        snapshot_sealed=blob,
    )
