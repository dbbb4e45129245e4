"""What a search is narrowed by, and the numbers beside the choices."""

from datetime import time
from itertools import product

import pytest

from app.core.db import NOBODY, session, transaction
from directory import catalogue
from directory.actions.topics.description import Description
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.places import Place, Places
from directory.actions.topics.state import State
from directory.actions.topics.times import Times
from directory.finding.models.facet import LANGUAGE
from directory.finding.queries.choices import groups
from directory.finding.queries.counts import MOST
from directory.finding.queries.search import found_by, search, wanted_by
from directory.models.schedule import Day, Repeat
from directory.models.timetable import Session


def held(*days, opens=None, closes=None, repeat=Repeat.WEEKLY):
    return Session(days, repeat, opens and time(opens), closes and time(closes))


def hall(postcode, *facilities):
    return Places([Place(f"Hall {postcode}", postcode=postcode, facilities=list(facilities))])


def names(words, *facets, **more):
    with transaction(NOBODY):
        return [one.name for one in search(words, facets=facets, **more).cards]


def counted(words, *facets, **more):
    with transaction(NOBODY):
        _page, counts = found_by(wanted_by(words, facets=facets, **more))
        return counts


def test_a_day_and_a_time_must_fall_together(charity):
    both = Times([held(Day.MONDAY, opens=10, closes=11), held(Day.TUESDAY, opens=18, closes=20)])
    charity.lists("Thylacine talks", both)
    charity.lists("Thylacine tea", Times([held(Day.MONDAY, opens=19, closes=20)]))
    charity.lists("Thylacine any time")

    assert set(names("thylacine", "day.monday")) == {"Thylacine talks", "Thylacine tea"}
    assert names("thylacine", "day.monday", "time.evening") == ["Thylacine tea"]
    assert names("thylacine", "day.monday", "day.tuesday", "time.morning") == ["Thylacine talks"]
    assert names("thylacine", "day.sunday") == []

    counts = counted("thylacine", "day.monday", "time.evening")
    assert counts.total == 1
    # As if no day were chosen: both have an evening, on different days.
    assert counts.by_facet["day.monday"] == counts.by_facet["day.tuesday"] == 1
    assert counts.by_facet["time.morning"] == counts.by_facet["time.evening"] == 1


def test_a_long_session_is_on_in_each_part_of_the_day_it_touches(charity):
    charity.lists("Wombat day", Times([held(Day.FRIDAY, opens=10, closes=17)]))

    assert names("wombat", "day.friday", "time.afternoon") == ["Wombat day"]
    assert names("wombat", "time.evening") == []


def test_cost_meeting_language_joining_and_room(charity):
    charity.lists("Echidna one", Eligibility(fees="Free; tea 50p"), State("places", places=2))
    charity.lists("Echidna two", Eligibility(fees="£3"), State("full"))

    assert names("echidna", "cost.free") == ["Echidna one"]
    assert names("echidna", "room.now") == ["Echidna one"]
    assert set(names("echidna", "join.yourself")) == {"Echidna one", "Echidna two"}
    counts = counted("echidna", "room.now")
    assert (counts.total, counts.by_facet["cost.free"]) == (1, 1)


def test_of_accessibility_everything_chosen_is_needed(charity):
    charity.lists("Quoll ramp", hall("QS1 1AA", "step-free entrance"))
    charity.lists("Quoll both", hall("QS1 1AB", "step-free entrance", "hearing loop"))

    step, loop = "access.step-free-entrance", "access.hearing-loop"
    assert set(names("quoll", step)) == {"Quoll ramp", "Quoll both"}
    assert names("quoll", step, loop) == ["Quoll both"]


def test_distance_leaves_out_what_is_too_far_but_not_what_is_anywhere(charity):
    charity.lists("Bettong near", hall("QS2 1AA"))
    charity.lists("Bettong far", hall("QS6 1AA"))
    charity.lists("Bettong by telephone")

    assert names("bettong", near="qs21aa", within=1) == ["Bettong near", "Bettong by telephone"]
    assert names("bettong", near="QS2", within=50) == [
        "Bettong near",
        "Bettong far",
        "Bettong by telephone",
    ]
    assert counted("bettong", near="QS2 1", within=1).total == 2


@pytest.mark.parametrize(
    "facet", ["nothing.here", "day.", "day.monday'; drop", "%", "day.%", "at.monday-evening"]
)
def test_a_choice_that_is_none_asks_for_nothing_or_finds_nothing(charity, facet):
    charity.lists("Potoroo plain")

    assert names("potoroo plain", facet)[:1] in ([], ["Potoroo plain"])


def test_the_numbers_are_those_of_the_lists_they_lead_to(charity):
    for number, (day, fees) in enumerate(product((Day.MONDAY, Day.FRIDAY), ("Free", "£2"))):
        times = Times([held(day, opens=9 + 4 * number, closes=10 + 4 * number)])
        charity.lists(f"Numbered kowari {number}", times, Eligibility(fees=fees))

    for chosen in ((), ("cost.free",), ("day.monday",), ("day.monday", "time.morning")):
        counts = counted("numbered kowari", *chosen)
        assert counts.total == len(names("numbered kowari", *chosen)) or counts.total < 5
        for facet, number in counts.by_facet.items():
            group = facet.partition(".")[0]
            alone = [one for one in chosen if not one.startswith(group)]
            found = counted("numbered kowari", *alone, facet).total
            assert number == found, (chosen, facet)


def test_there_is_a_bound_on_what_is_counted(charity, owner):
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        owner.execute(
            """insert into service (id, created_at, organisation_id, name, status, version,
                last_modified)
            select gen_random_uuid(), now(), %s, 'Manycounted ' || n, 'active', 1, now()
            from generate_series(1, %s) n""",
            [charity.organisation.id, MOST + 5],
        )
    try:
        counts = counted("manycounted")
        assert counts.many
        assert counts.by_facet == {}
    finally:
        with owner.transaction():
            owner.execute("set local role trellis_policy")
            owner.execute("update service set status = 'defunct' where name like 'Manycounted%'")


def test_a_change_of_times_or_room_is_found_at_once(charity):
    made = charity.lists("Changing dibbler", State("full"))
    assert names("dibbler", "room.now") == []
    with transaction(charity.coordinator):
        stored = session.get(type(made), made.id)
        stored.capacity_state = "places"
    assert names("dibbler", "room.now") == ["Changing dibbler"]
    with transaction(NOBODY):
        assert catalogue.get(made.id).capacity_words == "Places available"


def test_a_language_is_offered_as_soon_as_somebody_speaks_it_whatever_is_found(charity):
    def offered() -> dict[str, str]:
        with transaction(NOBODY):
            return next(one for one in groups() if one.code == LANGUAGE.code).names()

    assert "language.wolof-2" not in offered()
    charity.lists("Bilby talks", Description("Bilby talks", "", languages=["Wolof 2", "English"]))
    assert offered()["language.wolof-2"] == "Wolof 2"
    assert "language.english" not in offered()
    assert names("bilby", "language.wolof-2") == ["Bilby talks"]
