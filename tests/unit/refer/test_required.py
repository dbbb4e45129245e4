"""A minute: at most four pages and twelve answers, counted from the forms themselves."""

import pytest

from app.ui.fields.asked import Presence
from referrals.refer.forms.pages import NAMES
from tests.unit.refer import stage

MOST_PAGES, MOST_ANSWERS = 4, 12


def required(form):
    """The answers a form cannot do without."""
    alone = [
        field.name
        for field in form
        if any(isinstance(one, Presence) and one.message for one in field.validators)
    ]
    return [*alone, *getattr(form, "one_of", ())]


def prefilled(form):
    return [name for name in required(form) if isinstance(name, str) and form[name].data]


@pytest.mark.parametrize("desk", [stage.SURGERY, stage.LIBRARY])
def test_at_most_twelve_answers_are_required(desk):
    with stage.request():
        forms = [stage.who(desk=desk), stage.contact(desk=desk), stage.why(desk=desk)]
        assert sum(len(required(form)) for form in forms) <= MOST_ANSWERS


def test_a_practice_with_one_team_is_asked_for_eight():
    with stage.request():
        forms = [stage.who(), stage.contact(), stage.why()]
        asked = [name for form in forms for name in required(form) if name not in prefilled(form)]
    assert len(asked) == 8, asked


def test_there_are_four_pages_with_the_check():
    assert len(NAMES) + 1 <= MOST_PAGES


def test_only_what_is_required_makes_a_page_complete():
    with stage.request():
        assert stage.who(stage.PERSON).validate()
        assert stage.contact(stage.REACH).validate()
        assert stage.why(stage.WHY).validate()
