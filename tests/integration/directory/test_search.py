"""Search finds what people mean, nearest first, and nothing they type is a command."""

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.db import NOBODY, engine, transaction
from directory import catalogue
from directory.actions.topics.eligibility import Eligibility
from directory.actions.topics.opening import Opening
from directory.actions.topics.places import Place, Places


def names(**wanted) -> list[str]:
    with transaction(NOBODY):
        return [card.name for card in catalogue.search(**wanted).cards]


def at(postcode: str) -> Places:
    return Places([Place(f"Hall in {postcode}", postcode=postcode)])


def test_a_word_of_the_name_the_description_or_the_organisation_is_enough(charity):
    charity.lists("Quilting circle", description="Patchwork with a cup of zanzibari tea")

    assert names(words="quilts") == ["Quilting circle"]
    assert names(words="ZANZIBARI") == ["Quilting circle"]
    assert names(words=charity.organisation.name)[0] == "Quilting circle"


def test_a_word_not_finished_yet_finds_too(charity):
    charity.lists("Xylophone evening")

    assert names(words="xylo") == ["Xylophone evening"]
    assert names(words="evening xyl")[0] == "Xylophone evening"


def test_whole_words_are_enough_when_enough_services_have_them(charity):
    charity.lists("Zorillas' rest for teams")
    for number in range(4):
        charity.lists(f"Zorilla tea {number}")
    assert "Zorillas' rest for teams" in names(words="zorilla tea"), (
        "too few, so a beginning will do"
    )

    charity.lists("Zorilla tea 4")
    assert sorted(names(words="zorilla tea")) == [f"Zorilla tea {number}" for number in range(5)]


def test_everyday_words_find_a_service_by_its_need(charity):
    charity.lists("Friday fellowship wobbegong", needs=("mood.memory",))

    assert "Friday fellowship wobbegong" in names(words="dad has dementia")


def test_an_accent_makes_no_difference(charity):
    charity.lists("Café numbat")

    assert names(words="cafe numbat")[0] == "Café numbat"
    assert names(words="CAFÉ NÜMBAT")[0] == "Café numbat"


def test_the_name_counts_for_more_than_the_description(charity):
    charity.lists("Something else", description="Not far from the bandicoot group")
    charity.lists("Bandicoot group")

    assert names(words="bandicoot") == ["Bandicoot group", "Something else"]


def test_a_phrase_and_a_minus_are_understood(charity):
    charity.lists("Slow dingo walk")
    charity.lists("Dingo slow food")

    assert names(words='"slow dingo"') == ["Slow dingo walk"]
    assert names(words="dingo -food") == ["Slow dingo walk"]


def test_when_nothing_has_all_the_words_some_will_do(charity):
    charity.lists("Aardwolf aquarium")

    with transaction(NOBODY):
        page = catalogue.search("aardwolf unfindableword")

    assert page.loosened
    assert [card.name for card in page.cards] == ["Aardwolf aquarium"]


def test_percent_and_underscore_are_only_characters(charity):
    charity.lists("Plain pademelon")

    for sign in ("%", "_", "%%%", "____", "pade%", "p_demelon"):
        assert "Plain pademelon" not in names(words=f"zzzz{sign}")
    assert names(words="100% pademelon") == ["Plain pademelon"]


@settings(max_examples=150, deadline=None)
@given(words=st.text(max_size=40), near=st.text(max_size=12), after=st.text(max_size=40))
def test_nothing_that_is_typed_breaks_the_search(database, words, near, after):
    names(words=words, near=near, after=after)


@settings(max_examples=100, deadline=None)
@given(words=st.text(alphabet="ab1 \"'\\:*&|!<>()-½²Ⅷ%_", max_size=20))
def test_no_sign_of_the_query_language_breaks_the_search(database, words):
    names(words=words)


def test_the_nearest_comes_first_and_one_without_a_place_last(charity):
    charity.lists("Far wallaby", at("QS6 1AA"))
    charity.lists("Near wallaby", at("QS2 1AA"))
    charity.lists("Nowhere wallaby")

    assert names(words="wallaby", near="qs2 4eb") == [
        "Near wallaby",
        "Far wallaby",
        "Nowhere wallaby",
    ]


def test_of_several_places_the_nearest_counts(charity):
    charity.lists("Two-place quokka", Places([*at("QS6 1AA").places, *at("QS2 1AA").places]))
    charity.lists("One-place quokka", at("QS1 1AA"))

    with transaction(NOBODY):
        first = catalogue.search("quokka", near="QS2").cards[0]

    assert first.name == "Two-place quokka"
    assert first.place == "Hall in QS2 1AA"
    assert first.distance_km is not None
    assert first.distance_km < 2


def test_distance_is_that_of_the_grid(charity, owner):
    charity.lists("Measured kowari", at("QS5 1AA"))
    spot = "select easting, northing from {} where {} = %s"
    e, n = owner.execute(spot.format("postcode", "code"), ["QS51AA"]).fetchone()
    e0, n0 = owner.execute(spot.format("outward_code", "outward"), ["QS1"]).fetchone()

    with transaction(NOBODY):
        card = catalogue.search("kowari", near="QS1").cards[0]

    assert abs(card.distance_km * 1000 - ((e - e0) ** 2 + (n - n0) ** 2) ** 0.5) <= 1


def test_an_area_that_nobody_knows_is_said_to_be_unknown(charity):
    charity.lists("Lost numbat")
    for area in ("ZZ1", "not a postcode"):
        with transaction(NOBODY):
            page = catalogue.search("lost numbat", near=area)
        assert page.area_unknown
        assert page.full == 1
        assert page.cards[0].name == "Lost numbat"


def test_a_service_for_another_area_or_age_is_left_out(charity):
    charity.lists("Young bilby", Eligibility(minimum_age=13, maximum_age=19))
    charity.lists("Local bilby", Eligibility(area_name="Bay", outwards=["QS5"]))

    assert names(words="bilby", near="QS5") == ["Local bilby", "Young bilby"]
    assert names(words="bilby", near="QS1") == ["Young bilby"]
    assert names(words="bilby", age=40) == ["Local bilby"]


def test_a_need_or_its_group_narrows_the_search(charity):
    charity.lists("Advice potoroo", needs=("money.debt",))
    charity.lists("Other potoroo", needs=("body.falls",))
    with transaction(NOBODY):
        money = next(group for group in catalogue.terms() if group.code == "money")
    debt = next(term for term in money.terms if term.code == "money.debt")

    assert names(words="potoroo", term_ids=[debt.id]) == ["Advice potoroo"]
    assert names(words="potoroo", term_ids=[money.id]) == ["Advice potoroo"]


def test_a_closed_service_is_not_found_but_its_card_is_there(charity):
    closed = charity.lists("Closed kultarr", Opening("temporarily closed", "Back in May"))

    assert names(words="kultarr") == []
    with transaction(NOBODY):
        assert catalogue.get(closed.id).alert == "Back in May"


def test_pages_join_without_a_gap_or_a_repeat(charity):
    for number in range(7):
        charity.lists(f"Paged dunnart {number}", at("QS3 1AA") if number % 2 else Places())
    for near in ("", "QS1"):
        seen, after = [], ""
        with transaction(NOBODY):
            while True:
                page = catalogue.search("dunnart", near=near, after=after, limit=2)
                seen += [card.name for card in page.cards]
                if page.next is None:
                    break
                after = page.next
        assert sorted(seen) == [f"Paged dunnart {number}" for number in range(7)]


def statements(wanted) -> int:
    ran = []
    sa.event.listen(engine(), "before_cursor_execute", lambda *_: ran.append(1))
    with transaction(NOBODY):
        wanted()
    return len(ran)


def test_more_results_are_not_more_statements(charity):
    charity.lists("Counted mulgara 0", at("QS3 1AA"), needs=("money.debt",))
    few = statements(lambda: catalogue.search("mulgara", near="QS1"))
    for number in range(1, 12):
        charity.lists(f"Counted mulgara {number}", at("QS3 1AA"), needs=("money.debt",))

    assert statements(lambda: catalogue.search("mulgara", near="QS1")) <= few
    assert few <= 9
