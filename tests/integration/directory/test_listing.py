"""A listing is changed a topic at a time; each change is kept, and can be undone."""

from datetime import time

import pytest
from sqlalchemy import text

from app.core.db import NOBODY, session, transaction
from app.core.errors import Conflict
from directory import catalogue
from directory.actions import listing
from directory.actions.topics.contact import Contact
from directory.actions.topics.description import Description
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.opening import Opening
from directory.actions.topics.places import Place, Places
from directory.actions.topics.state import State
from directory.actions.topics.times import Times
from directory.models.schedule import Day, Repeat
from directory.models.timetable import Session
from directory.queries import service as services

EVENING = Session((Day.MONDAY, Day.FRIDAY), Repeat.LAST, time(18), time(20, 30), "bring a mug")
NEW = [
    Description("New name", "New words", ["money.debt", "body.falls"], ["online"], ["Welsh"]),
    Eligibility("Anybody", 18, 30, "£2", "The bay", ["QS5"], False, False),
    Times([EVENING]),
    Places([Place("New hall", "1 Quay", "Saltmere", "QS1 1AA", "Bus 9", ["quiet room"], "Lift")]),
    Contact("Ines", "01632 960100", "hello@charity.example", "https://charity.example"),
    State("waiting list", waiting_weeks=3),
    Opening("temporarily closed", "Back in May"),
]


@pytest.mark.parametrize("value", NEW, ids=lambda value: value.slug)
def test_every_topic_is_changed_and_undone(charity, value):
    mine = charity.lists("Old name", Places([Place("Old hall", postcode="QS2 1AA")]))
    actor = charity.coordinator
    with transaction(actor):
        it = services.kept(actor, mine.id)
        before = type(value).of(it)
        made = listing.change(actor, it, value)
    with transaction(actor):
        it = services.kept(actor, mine.id)
        after = type(value).of(it)
        assert value.restored(made.after) == after
        if not isinstance(value, Places):  # which gains the ids of what was stored
            assert after == value
        listing.undo(actor, it, services.change(it, made.id))
    with transaction(actor):
        it = services.kept(actor, mine.id)
        assert type(value).of(it) == before
        assert [one.undoes_id for one in services.history(it)] == [made.id, None]


def test_saying_the_same_again_changes_nothing(charity):
    mine = charity.lists("Mine", State("full"))
    with transaction(charity.coordinator):
        it = services.kept(charity.coordinator, mine.id)
        assert listing.change(charity.coordinator, it, State("full")) is None
        assert services.history(it) == []


def test_what_has_changed_since_is_not_undone(charity):
    actor, mine = charity.coordinator, charity.lists("Mine")
    with transaction(actor):
        it = services.kept(actor, mine.id)
        first = listing.change(actor, it, State("full"))
        listing.change(actor, it, State("paused"))
        with pytest.raises(Conflict):
            listing.undo(actor, it, first)


def test_two_places_can_change_their_order_and_one_of_them_go(charity):
    actor = charity.coordinator
    halls = [Place(name, postcode="QS1 1AA") for name in ("A", "B", "C")]
    mine = charity.lists("Mine", Places(halls))
    with transaction(actor):
        it = services.kept(actor, mine.id)
        a, _, c = Places.of(it).places
        listing.change(actor, it, Places([c, a]))
    with transaction(actor):
        it = services.kept(actor, mine.id)
        assert [one.name for one in Places.of(it).places] == ["C", "A"]
        assert (a.id, c.id) == tuple(reversed([one.id for one in Places.of(it).places]))


def test_still_correct_is_one_step_and_is_audited(charity, owner):
    actor, mine = charity.coordinator, charity.lists("Mine")
    with transaction(actor):
        listing.confirm(actor, services.kept(actor, mine.id))
    with transaction(NOBODY):
        assert catalogue.get(mine.id).freshness_words == "Confirmed today"
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        found = owner.execute(
            "select action from audit_event where subject_id = %s order by id", [mine.id]
        ).fetchall()
    assert [action for (action,) in found] == ["service.added", "listing.confirmed"]


def test_an_onward_referral_may_go_only_where_it_can_be_answered(charity, curator):
    mine = charity.lists("Mine", State("places", places=2))
    actor = charity.coordinator

    def can() -> bool:
        with transaction(NOBODY):
            return catalogue.can_receive(mine.id)

    assert can()
    for value in (
        State("full"),
        State("paused"),
        Opening("inactive"),
        Eligibility(accepts_referrals=False),
    ):
        with transaction(actor):
            made = listing.change(actor, services.kept(actor, mine.id), value)
        assert not can(), value
        with transaction(actor):
            it = services.kept(actor, mine.id)
            listing.undo(actor, it, services.change(it, made.id))
        assert can()


def test_what_may_be_disclosed_is_what_all_of_a_services_needs_let_through(charity):
    debt = charity.lists("Debt", needs=("money.debt",))
    both = charity.lists("Both", needs=("money.debt", "caring.safe"))
    none = charity.lists("None")
    with transaction(NOBODY):
        fields = {one: catalogue.disclosure_profile(one.id).fields for one in (debt, both, none)}

    assert catalogue.Field.DATE_OF_BIRTH in fields[debt]
    assert catalogue.Field.ADDRESS not in fields[debt]
    assert fields[both] == (
        catalogue.Field.NAME,
        catalogue.Field.PHONE,
        catalogue.Field.ACCESS_NEEDS,
    )
    assert fields[none] == (catalogue.Field.NAME, catalogue.Field.PHONE)


def test_the_search_row_follows_every_change_of_what_it_is_made_of(charity, curator):
    mine = charity.lists("Mine", Places([Place("Hall", postcode="QS1 1AA")]), needs=("money.debt",))
    row = text("select place_count, cardinality(term_ids) from listing where service_id = :id")
    with transaction(charity.coordinator):
        it = services.kept(charity.coordinator, mine.id)
        before = session.execute(row, {"id": mine.id}).one()
        listing.change(charity.coordinator, it, Places([]))
        listing.change(charity.coordinator, it, Description("Mine", ""))
    with transaction(NOBODY):
        after = session.execute(row, {"id": mine.id}).one()

    assert (before.place_count, before.cardinality) == (1, 2)
    assert (after.place_count, after.cardinality) == (0, 0)
