from types import SimpleNamespace

import pytest
from flask import Flask

from app.identity.actor import Role
from app.ui import navigation

LEAD = SimpleNamespace(roles=frozenset({Role.TEAM_LEAD}))


@pytest.fixture
def app(monkeypatch) -> Flask:
    monkeypatch.setattr(navigation, "_places", {})
    made = Flask("navigation", static_folder=None)
    for endpoint, path in (("all", "/services"), ("mine", "/services/mine"), ("team", "/team")):
        made.add_url_rule(f"{path}", endpoint, lambda: "")
    navigation.add("Services", "all", order=60, public=True)
    navigation.add("Ours", "mine", roles=(Role.COORDINATOR,), order=45)
    navigation.add("Team", "team", roles=("team lead",), order=20)
    navigation.add("Not there", "missing", order=1)
    return made


def labels(places):
    return [one.label for one in places]


def test_each_role_has_its_places_in_order_and_missing_pages_are_left_out(app):
    with app.test_request_context("/team"):
        assert labels(navigation.places_for(LEAD)) == ["Team", "Services"]
        assert labels(navigation.places_for(None)) == ["Services"]


def test_the_nearest_place_above_a_page_is_the_current_one(app):
    both = SimpleNamespace(roles=frozenset({Role.COORDINATOR}))
    with app.test_request_context("/services/mine/17"):
        assert navigation.current_of(navigation.places_for(both)).label == "Ours"
    with app.test_request_context("/services/18"):
        assert navigation.current_of(navigation.places_for(both)).label == "Services"
    with app.test_request_context("/elsewhere"):
        assert navigation.current_of(navigation.places_for(both)) is None


def test_a_permission_can_decide(app):
    nobody = SimpleNamespace(allows=lambda actor, subject: False)
    navigation.add("Team", "team", permission=nobody)
    with app.test_request_context("/"):
        assert labels(navigation.places_for(LEAD)) == ["Services"]
