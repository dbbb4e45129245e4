"""What we publish can be taken in again: the two directions speak one language."""

import uuid

from app.core.db import NOBODY, transaction
from directory import catalogue
from directory.importing.shapes import service
from tests.integration.importing.feeds import a_service


def test_what_we_publish_reads_as_what_came_in(take, application):
    word = "w" + uuid.uuid4().hex
    address = {"address_1": "1 Quay Street", "city": "Saltmere", "postal_code": "QS1 1AA"}
    told = a_service(
        "1",
        f"Tea {word}",
        url="https://tea.org.uk/",
        minimum_age=18,
        contacts=[{"name": "Ines", "phones": [{"number": "01632 960100"}]}],
        schedules=[{"freq": "WEEKLY", "interval": 2, "byday": "TU", "opens_at": "10:00"}],
        service_at_locations=[{"location": {"id": word, "name": "Hall", "addresses": [address]}}],
    )
    take([told])
    with transaction(NOBODY):
        [card] = catalogue.search(word).cards

    published = application.test_client().get(f"/open-referral/v3/services/{card.id}").json
    came, again = service.read(told), service.read(published)

    for name in ("name", "description", "url", "minimum_age", "phone", "contact_name"):
        assert again.service.fields[name] == came.service.fields[name], name
    assert again.service.fields["times"][0]["byday"] == "TU"
    assert again.organisation.name == came.organisation.name
    assert again.places[0].fields["address"] == "1 Quay Street"
    assert again.places[0].fields["postcode"] == "QS1 1AA"
