"""What a source says comes into the directory, once, and what is changed here stays."""

import uuid

import psycopg
import pytest
from sqlalchemy import text

from app.core import clock
from app.core.db import NOBODY, session, transaction
from app.core.errors import Conflict, Invalid, NotFound
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from directory import catalogue
from directory.actions import listing
from directory.actions.topics.contact import Contact
from directory.importing import log, provenance
from directory.importing.hands import Operator
from directory.importing.report import Report
from directory.importing.run import Import
from directory.queries import service as services
from tests.integration.importing.feeds import a_service


@pytest.fixture
def curator(member):
    return member(Role.CURATOR, kind=AgencyKind.COUNCIL)


@pytest.fixture
def word() -> str:
    """A word that no other service has."""
    return "w" + uuid.uuid4().hex


def waits_for_a_curator(service_id: uuid.UUID) -> list[str]:
    asked = "select about from curation_queue where kind = 'doubt' and service_id = :id"
    return list(session.scalars(text(asked), {"id": service_id}))


def found(word: str) -> list[catalogue.ServiceCard]:
    with transaction(NOBODY):
        return catalogue.search(word).cards


def test_an_imported_service_is_found_by_its_words_its_need_and_its_place(take, word):
    hall = {"id": word, "name": "Hall", "addresses": [{"postal_code": "QS1 1AA", "city": "Salt"}]}
    taken = take(
        [
            a_service(
                "1",
                f"Tea {word}",
                service_at_locations=[{"location": hall}],
                taxonomy_terms=[{"name": "lonely"}, {"name": "Origami"}],
            )
        ]
    )

    assert taken.counts["service added"] == 1
    [card] = found(word)
    assert card.description == f"Tea {word} for everybody"
    assert card.needs
    with transaction(NOBODY):
        near = catalogue.search(word, near="QS1 1AA").cards
    assert near[0].distance_km is not None


def test_the_same_feed_again_changes_nothing(take, word):
    feed = [a_service("1", f"Tea {word}"), a_service("2", f"Cake {word}")]
    take(feed)
    again = take(feed)

    assert again.counts["service unchanged"] == 2
    assert not any("added" in one or "changed" in one.split() for one in again.counts)
    assert len(found(word)) == 2


def test_a_dry_run_says_what_would_change_and_changes_nothing(take, word):
    take([a_service("1", f"Tea {word}", phone="x")])
    dry = take([a_service("1", f"Coffee {word}"), a_service("2", f"Cake {word}")], dry_run=True)

    assert any("Tea" in one and "Coffee" in one for one in dry.words)
    assert f"Add service “Cake {word}”" in dry.words
    assert [card.name for card in found(word)] == [f"Tea {word}"]


def test_what_was_changed_here_stays_until_it_is_given_back(take, curator, owner, word):
    people = [{"name": "Ines", "phones": [{"number": "01"}]}]
    take([a_service("1", f"Tea {word}", contacts=people)])
    [card] = found(word)
    with transaction(curator):
        listing.change(curator, services.kept(curator, card.id), Contact("Ines", "02"))

    people[0]["phones"][0]["number"] = "03"
    taken = take([a_service("1", f"Tea and cake {word}", contacts=people)])

    assert taken.counts["fields kept as changed here"] == 1
    with transaction(NOBODY):
        kept = services.get(card.id)
    assert (kept.name, kept.phone) == (f"Tea and cake {word}", "02")
    held = [one for one in provenance.of_service(Operator(owner), card.id) if one.is_held]
    assert [one.field for one in held] == ["phone"]
    assert "changed here" in held[0].words

    provenance.give_back(Operator(owner), card.id, "phone")
    with transaction(NOBODY):
        assert services.get(card.id).phone == "03"
    people[0]["phones"][0]["number"] = "04"
    take([a_service("1", f"Tea and cake {word}", contacts=people)])
    with transaction(NOBODY):
        assert services.get(card.id).phone == "04"


def test_only_what_the_source_says_can_be_given_back(take, owner, word):
    take([a_service("1", f"Tea {word}")])
    [card] = found(word)
    with pytest.raises(Invalid, match="nothing called shoe"):
        provenance.give_back(Operator(owner), card.id, "shoe")
    with pytest.raises(NotFound):
        provenance.give_back(Operator(owner), uuid.uuid4(), "phone")


def test_lists_follow_the_source_and_are_written_once(take, word):
    times = [{"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00"}]
    areas = [{"name": "Saltmere"}]
    hall = {"id": "hall", "name": "Hall"}
    more = {
        "schedules": times,
        "service_areas": areas,
        "service_at_locations": [{"location": hall}],
    }
    take([a_service("1", f"Tea {word}", **more)])
    more["schedules"] = [{"freq": "WEEKLY", "byday": "WE"}]
    hall["name"] = "Old hall"
    take([a_service("1", f"Tea {word}", **more)])

    [card] = found(word)
    with transaction(NOBODY):
        whole = services.get(card.id)
    assert whole.times_words == ["Wednesdays"]
    assert [one.name for one in whole.areas] == ["Saltmere"]
    assert [one.location.name for one in whole.places] == ["Old hall"]


def test_every_row_that_stays_out_is_in_the_report(take, word):
    taken = take(
        [
            a_service("1", f"Tea {word}"),
            a_service("1", f"Another {word}"),
            a_service("2", " "),
            a_service("3", f"=cmd() {word}", url="javascript:alert(1)"),
            {"id": "4", "name": "Nobody's"},
            "not a service",
        ]
    )

    assert (taken.counts["refused"], taken.counts["service added"]) == (4, 2)
    for reason in ("used for another", "name is empty", "no organisation", "not a service"):
        assert reason in taken.report
    assert f",'=cmd() {word},url," in taken.report


def test_a_service_that_left_the_feed_is_named_and_not_taken_down(take, word):
    take([a_service("1", f"Tea {word}"), a_service("2", f"Cake {word}")])
    taken = take([a_service("1", f"Tea {word}")])

    assert taken.counts["missing"] == 1
    assert f"missing,2,Cake {word}" in taken.report
    assert len(found(word)) == 2


def test_a_service_that_left_the_feed_is_doubted_once_until_it_comes_back(take, curator, word):
    feed = [a_service("1", f"Tea {word}"), a_service("2", f"Cake {word}")]

    def cake() -> catalogue.ServiceCard:
        return next(one for one in found(word) if one.name.startswith("Cake"))

    take(feed)
    take(feed[:1], dry_run=True)
    assert cake().doubt == ""
    take(feed[:1])
    day = clock.local(clock.now())
    since = f"no longer in the source it came from since {day.day} {day:%B %Y}"
    assert cake().freshness_words == f"Check before you go – {since}"
    mine = cake().id
    with transaction(curator):
        assert waits_for_a_curator(mine) == ["gone"]
    take(feed)
    assert cake().freshness_words == "Not confirmed yet"
    take(feed[:1])
    with transaction(curator):
        listing.confirm(curator, services.kept(curator, mine))
    # Somebody has looked since: the same absence says nothing new.
    take(feed[:1])
    assert cake().freshness_words == "Confirmed today"


def test_a_row_that_is_refused_is_not_missing_and_half_a_feed_is_not_believed(take, word):
    feed = [a_service(str(number), f"Tea {number} {word}") for number in range(3)]
    take(feed)
    refused = take([*feed[:2], a_service("2", " ")])
    assert (refused.counts["refused"], refused.counts["missing"]) == (1, 0)
    broken = take(feed[:1])
    assert broken.counts["missing"] == 2
    assert "more than half of the source is missing" in broken.report
    assert {one.doubt for one in found(word)} == {""}


def test_what_a_source_changes_is_a_sign_of_life_and_what_it_repeats_is_none(take, owner, word):
    take([a_service("1", f"Tea {word}")])
    take([a_service("1", f"Tea {word}")])
    assert found(word)[0].freshness_words == "Not confirmed yet"
    take([a_service("1", f"Tea {word}", fees="Free")])
    assert found(word)[0].freshness_words == "Confirmed today – its own data was updated"
    asked = "select kind, by_name from life_sign where service_id = %s"
    owner.execute("set role trellis_policy")
    signs = owner.execute(asked, [found(word)[0].id]).fetchall()
    owner.execute("reset role")
    assert [(kind, name[:6]) for kind, name in signs] == [("feed", "feed: ")]
    # That it closes is no sign of life.
    take([a_service("2", f"Cake {word}")])
    take([{**a_service("2", f"Cake {word}"), "status": "inactive"}])
    with transaction(NOBODY):
        asked = text("select assured_at from service where name = :name")
        assert session.scalar(asked, {"name": f"Cake {word}"}) is None


def test_an_import_that_was_broken_off_goes_on_where_it_was(owner, source, tmp_path, word):
    def feed(until: int):
        for number in range(1200):
            if number == until:
                raise Invalid("the feed went away")
            yield a_service(str(number), f"Tea {word}")

    with Report(None) as report, pytest.raises(Invalid, match="went away"):
        Import(Operator(owner), source, report).run(feed(1100), str, str)
    with Report(None) as report:
        counts = Import(Operator(owner), source, report).run(feed(-1), str, str)

    assert (counts["service unchanged"], counts["service added"]) == (1000, 200)


def test_a_row_that_the_database_refuses_is_refused_alone(take, owner, word):
    owner.execute("alter table service add constraint x check (name not like '%forbidden%')")
    try:
        taken = take(
            [a_service(str(n), f"{n} {word}") for n in range(5)]
            + [a_service("x", f"forbidden {word}")]
        )
    finally:
        owner.execute("alter table service drop constraint x")

    assert (taken.counts["service added"], taken.counts["refused"]) == (5, 1)
    assert "the database refuses it" in taken.report


def test_one_source_is_imported_by_one_at_a_time(take, source, database, owner):
    with (
        psycopg.connect(database.url("trellis_owner"), autocommit=True) as other,
        log.alone(other, source),
        pytest.raises(Conflict, match="Another import"),
    ):
        take([])


def test_the_webs_own_role_cannot_leave_a_search_row_behind(curator, take, word):
    take([a_service("1", f"Tea {word}")])
    [card] = found(word)
    with transaction(curator):
        session.execute(text("set local trellis.listings_later = 'on'"))
        session.execute(
            text("update service set name = :name where id = :id"),
            {"name": f"Milk {word}", "id": card.id},
        )
    with transaction(NOBODY):
        asked = text("select words @@ 'milk'::tsquery from listing where service_id = :id")
        assert session.scalar(asked, {"id": card.id}) is True
