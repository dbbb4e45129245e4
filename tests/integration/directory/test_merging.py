"""Two listings that are one are found, merged, and taken apart again to the letter."""

import uuid
from urllib.parse import urlsplit

import pytest

from app.core.db import NOBODY, session, transaction
from app.core.errors import Conflict
from directory.actions import listing
from directory.actions.topics.contact import Contact
from directory.actions.topics.description import Description
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.places import Place, Places
from directory.actions.topics.times import Times
from directory.curation.actions import merge
from directory.curation.queries import waiting
from directory.models.schedule import Day
from directory.models.timetable import Session
from directory.queries import service as services
from tests.browse import page_of, sent


@pytest.fixture
def phone():
    return f"01632 {uuid.uuid4().int % 10**6:06}"


def found(curator, one, other):
    with transaction(curator):
        merge.find()
        return waiting.pair_of(one.id, other.id)


def said(service_id):
    with transaction(NOBODY):
        it = services.get(service_id)
        return {slug: topic.of(it).said() for slug, topic in listing.TOPICS.items()}


def test_pairs_are_found_by_what_they_share_and_by_nothing_less(charity, another, curator, phone):
    hall = Places([Place("Hall", postcode="QS1 1AA")])
    ours = charity.lists("The Zorilla Choir", hall, Contact(phone=phone))
    same = another.lists("Choir: Zorilla", hall, Contact(phone=phone.replace(" ", "")))
    near = another.lists("Zorilla Choir Saltmere", hall, Contact(phone=phone))
    elsewhere = another.lists("The Zorilla Choir", Contact(phone="01632 999999"))
    other = another.lists("Galago knitting", hall, Contact(phone=phone))

    assert set(found(curator, ours, same).why) == {"name", "telephone", "address"}
    assert set(found(curator, ours, near).why) == {"telephone", "address"}
    assert found(curator, ours, elsewhere) is None
    assert found(curator, ours, other) is None
    with transaction(charity.coordinator):
        assert waiting.pair_of(ours.id, same.id) is None, "only curators see pairs"


def test_near_names_at_one_address_are_a_pair_without_a_telephone(charity, another, curator):
    code = f"QS{uuid.uuid4().int % 9 + 1} {uuid.uuid4().int % 10}ZZ"
    hall = Places([Place("Hall", postcode=code)])
    mark = uuid.uuid4().hex
    choir = charity.lists(f"Aardwolf {mark} choir", hall)
    near = another.lists(f"The {mark} Aardwolf choir, Saltmere", hall)
    other = another.lists(f"Aardwolf {mark[:8]} knitting", hall)
    first, second = (another.lists(f"Aardwolf {mark} walk {one}", hall) for one in "12")

    assert found(curator, choir, near).why == ["address"]
    assert found(curator, choir, other) is None
    assert found(curator, first, second) is None, "a number tells two groups apart"


def test_a_key_that_too_many_share_is_no_key(charity, curator, phone):
    first, second = (charity.lists(f"Potto {one} walk", Contact(phone=phone)) for one in "12")
    block = [charity.lists("Potto", Contact(phone=phone)) for _ in range(21)]
    assert found(curator, block[0], block[1]) is None
    assert found(curator, first, second) is None, "a number tells two groups apart"


def test_a_merge_leads_on_and_parting_restores_both(
    charity, another, curator, signed_in, stranger, phone
):
    full = [Times([Session((Day.MONDAY,))]), Eligibility("Anybody", fees="£2")]
    hall = Places([Place("Hall", "1 Quay", "Saltmere", "QS1 1AA")])
    ours = charity.lists("Tarsier walk", Contact(phone=phone), hall, description="Good words")
    same = another.lists("Tarsier walk", Contact(phone=phone), hall, *full, description="Bad words")
    pair, before = found(curator, ours, same), (said(ours.id), said(same.id))
    curators, place = signed_in(curator), f"/directory/duplicates/{pair.id}"

    page = page_of(curators, place)
    assert "Bad words" in page
    stays = "first" if pair.first_id == ours.id else "second"
    text = sent(curators, place, page, decision=stays, take=["times", "eligibility"])
    assert "Undo the merge" in text
    assert said(ours.id)["times"] == before[1]["times"]
    assert said(ours.id)["description"] == before[0]["description"]
    answer = stranger.get(f"/directory/{same.id}")
    assert (answer.status_code, answer.location) == (302, f"/directory/{ours.id}")
    assert str(same.id) not in stranger.get("/directory?words=tarsier").text
    published = stranger.get(f"/open-referral/v3/services/{same.id}").json
    assert published["status"] == "inactive"
    words, _, address = published["alert"].partition(": ")
    assert words == "This listing was merged into another, which stays"
    assert stranger.get(urlsplit(address).path).json["id"] == str(ours.id)
    assert address in stranger.get("/open-referral/v3/bulk/services.ndjson").text
    with transaction(curator):
        merged = waiting.merges(services.get(ours.id))[0]
        with pytest.raises(Conflict, match="merged already"):
            merge.merge(curator, services.get(ours.id), services.get(same.id))

    kept = f"/directory/mine/{ours.id}"
    away = sent(curators, f"/directory/merges/{merged.id}/parting", page_of(curators, kept))
    assert "Apart again" in away
    assert (said(ours.id), said(same.id)) == before
    assert stranger.get(f"/directory/{same.id}").status_code == 200
    assert "alert" not in stranger.get(f"/open-referral/v3/services/{same.id}").json
    assert str(same.id) in stranger.get("/directory?words=tarsier").text
    with transaction(curator):
        again = waiting.get(type(merged), merged.id)
        with pytest.raises(Conflict, match="apart again already"):
            merge.part(curator, again)


def test_what_changed_since_is_not_lost_by_parting(charity, another, curator):
    ours = charity.lists("Pangolin", description="Ours")
    same = another.lists("Pangolin", description="Theirs")
    with transaction(curator):
        kept, gone = services.kept(curator, ours.id), services.kept(curator, same.id)
        merged = merge.merge(curator, kept, gone, ["description"])
    with transaction(charity.coordinator):
        it = services.kept(charity.coordinator, ours.id)
        listing.change(charity.coordinator, it, Description("Pangolin", "Newer"))
    with transaction(curator), pytest.raises(Conflict, match="changed since"):
        merge.part(curator, session.merge(merged))
    assert said(ours.id)["description"]["Description"] == "Newer"


def test_what_is_said_to_be_two_is_not_asked_about_again(charity, curator, phone):
    ours, other = (charity.lists("Binturong", Contact(phone=phone)) for _ in range(2))
    pair = found(curator, ours, other)
    with transaction(curator):
        merge.different(curator, waiting.get(type(pair), pair.id))
    assert found(curator, ours, other).state == "different"
