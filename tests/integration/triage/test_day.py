"""From the queue to the first encounter, through the pages."""

from app.core import clock
from tests.typing_in import fill_in
from tests.world import World


def test_a_lead_takes_on_and_allocates_and_the_link_worker_records_an_encounter(
    database, signed_in
):
    world = World(database)
    referral_id = world.referred(given_name="Ines", family_name="Almeida")
    lead, worker = signed_in(world.lead), signed_in(world.worker)

    queue = lead.get("/triage/")
    assert queue.status_code == 200
    assert "Ines Almeida" in queue.text
    answer = fill_in(
        lead,
        f"/triage/{referral_id}",
        {"who": str(world.worker.user_id)},
        action=f"/triage/{referral_id}/acceptance",
    )
    assert answer.status_code == 303, answer.text

    caseload = worker.get("/caseload/")
    assert "Ines" in caseload.text
    assert "First contact" in caseload.text
    today = clock.today()
    answer = fill_in(
        worker,
        f"/caseload/{referral_id}/encounters/new",
        {
            "kind": "telephone",
            "outcome": "spoke with the person",
            "held_on-day": str(today.day),
            "held_on-month": str(today.month),
            "held_on-year": str(today.year),
            "note": "Would like company on Tuesdays.",
        },
    )
    assert answer.status_code == 303, answer.text
    page = worker.get(f"/caseload/{referral_id}")
    assert page.status_code == 200
    assert "Would like company on Tuesdays." in page.text
    assert "In progress" in page.text
    assert "Make a plan together" in page.text
