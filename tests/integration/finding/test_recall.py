"""Sixty everyday phrases, written down first, find what they are about."""

import pytest

from tests.recall import measure, stage

ENOUGH = 0.85


def test_everyday_phrases_find_what_they_are_about_in_the_demonstration(database):
    with stage.demonstration(database):
        about = measure.of_need(stage.names())
        result = measure.measure(measure.phrases(), stage.everything(), about)
    assert result.asked > 45
    assert result.answered >= ENOUGH * result.asked, result.missed


def test_they_do_in_a_councils_own_directory_that_says_nothing_of_needs(database):
    if not stage.FEED.is_file():
        pytest.skip("the council's feed is not on this machine")
    with stage.feed(database):
        result = measure.measure(measure.phrases(), stage.everything(), measure.by_text)
    assert result.asked > 45
    assert result.answered >= ENOUGH * result.asked, result.missed


def test_the_list_is_sixty_long_and_a_third_of_it_was_held_back():
    phrases = measure.phrases()
    assert len({one.words for one in phrases}) == 60
    assert sum(one.unseen for one in phrases) == 20
