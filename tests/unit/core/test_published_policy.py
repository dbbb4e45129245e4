"""The policy as an information-governance officer reads it: relations and addresses."""

import csv

from click.testing import CliRunner

from app import published_policy
from app.cli import main
from app.factory import bare_app
from tests.attacks.matrix.route import Door
from tests.attacks.matrix.table import TABLE
from tests.attacks.matrix.who import HOLDER, PRACTICE, TEAM
from tests.attacks.test_access_matrix import unnamed

BROKEN, NONE = "opened in an emergency less than an hour ago", "another agency’s, ended, or absent"
OWN = {"identity.end_own_session"}


def test_broken_glass_reads_and_changes_nothing_and_nobody_has_what_is_anothers():
    found = {(name, relation): roles for name, relation, roles in published_policy.relations()}
    assert found["open the work on a referral", BROKEN] == "link worker, team lead"
    assert found["print the work on a referral", BROKEN] == "nobody"
    through = {name for (name, to), roles in found.items() if to == BROKEN and roles != "nobody"}
    assert through <= {
        *("open the work on a referral", "see how a referral ended"),
        *("view a referral", "view the work on a referral", "view what was sent on"),
    }
    assert {roles for (_name, relation), roles in found.items() if relation == NONE} == {"nobody"}


def test_every_address_of_a_record_names_what_it_asks_for():
    app = bare_app()
    silent = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if (route := TABLE.get(rule.endpoint)) and route.record and route.door is Door.ACTOR
        if not published_policy.asked_by(app.view_functions[rule.endpoint])
    }
    assert silent <= OWN | {"identity.end_session"}, silent


def test_the_command_prints_all_of_it_without_a_database():
    told = CliRunner().invoke(main, ["policy"], env={"TRELLIS_DATABASE_URL": ""}).output
    for words in (
        "read a safeguarding note, or know that there is one",
        "/caseload/<uuid:referral_id>/print",
        "break glass",
        "its team holds it",
        "who has signed in",
    ):
        assert words in told


PLACES = {
    PRACTICE: "its agency sent it",
    TEAM: "its team holds it",
    HOLDER.place: "its team holds it, and it is allocated to them",
}


def published():
    """(method, address) → relation → who has any of what it asks for."""
    told = CliRunner().invoke(main, ["policy", "--matrix"], env={"TRELLIS_DATABASE_URL": ""})
    found = {}
    for line in csv.DictReader(told.output.splitlines()):
        relations = found.setdefault((line["method"], line["address"]), {})
        relations.setdefault(line["relation"], set()).update(line["who has it"].split(", "))
    return found


def test_the_matrix_names_every_method_of_every_address_and_whom_the_tests_let_through():
    app, found = bare_app(), published()
    for rule in app.url_map.iter_rules():
        for method in rule.methods & published_policy.METHODS:
            relations = found[method, rule.rule]
            route = TABLE[rule.endpoint]
            if route.record != "referral":
                continue
            for who in route.may:
                roles = relations.get(PLACES[who.place], set())
                roles = roles | relations.get(published_policy.ANY, set())
                assert str(who.role) in roles, (method, rule.rule, who)


def test_a_route_that_the_matrix_does_not_name_fails_the_build():
    app = bare_app()
    assert unnamed(app) == []
    app.add_url_rule("/caseload/<uuid:referral_id>/new-door", "caseload.new_door", lambda: "")
    assert unnamed(app) == ["caseload.new_door"]
