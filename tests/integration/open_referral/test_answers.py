"""How an answer travels: kept, packed, readable from any site, and without a cookie."""

import gzip
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from werkzeug.http import http_date, parse_date

from app.core import clock
from app.core.db import NOBODY, transaction
from directory.actions import listing
from directory.actions.topics.contact import Contact
from directory.actions.topics.places import Place, Places
from directory.open_referral.queries.page import changed_at
from directory.queries import service as services
from tests.pages import assert_valid


def test_what_has_not_changed_is_not_sent_again(read, club):
    for path in ("/", "/openapi.json", "/services", f"/services/{club.id}", "/taxonomies"):
        first = read.answer(path)
        again = read.answer(path, {"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), path
        assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_what_has_changed_is_sent(read, charity, club):
    path, coordinator = f"/services/{club.id}", charity.coordinator
    tag = read.answer(path).headers["ETag"]
    with transaction(coordinator):
        found = services.kept(coordinator, club.id)
        listing.change(coordinator, found, Contact("Bo", "01632 960101", "", ""))
    again = read.answer(path, {"If-None-Match": tag})

    assert again.status_code == 200
    assert again.json["contacts"][0]["name"] == "Bo"


def test_the_time_of_change_alone_is_enough(read, club):
    for path in ("/services", f"/services/{club.id}", "/service_at_locations"):
        moment = read.answer(path).headers["Last-Modified"]
        before = http_date(parse_date(moment) - timedelta(seconds=2))
        assert read.answer(path, {"If-Modified-Since": moment}).status_code == 304
        assert read.answer(path, {"If-Modified-Since": before}).status_code == 200


def test_saying_that_all_is_right_is_a_change_too(read, charity, club, owner):
    _nine_days_old(owner, club)
    with transaction(charity.coordinator):
        listing.confirm(charity.coordinator, services.kept(charity.coordinator, club.id))
    found = read(f"/services/{club.id}")

    assert found["last_modified"][:10] == found["assured_date"]
    assert read.names(organization_id=club.organisation_id, modified_after=found["last_modified"])


def test_a_place_that_two_services_share_changes_both_whoever_changes_it(
    read, charity, club, owner
):
    coordinator, other = charity.coordinator, charity.lists("Chess club")
    hall, church = (Place.of(one.location) for one in club.places)

    def both_modified() -> bool:
        moment = (clock.now() - timedelta(days=8)).isoformat()
        whose = {"organization_id": club.organisation_id, "modified_after": moment}
        heard = read(f"/services/{club.id}")["last_modified"] > moment
        return heard and sorted(read.names(**whose)) == ["Axolotl club", "Chess club"]

    def say(*places: Place) -> None:
        with transaction(coordinator):
            listing.change(coordinator, services.kept(coordinator, other.id), Places([*places]))

    say(hall, church)
    _nine_days_old(owner, club, other)
    say(replace(hall, access="Ring twice"), church)
    assert both_modified()
    _nine_days_old(owner, club, other)
    _as_policy(owner, "update location set access = access where id = %s", hall.id)
    assert not both_modified()
    with transaction(NOBODY):
        before = changed_at()
    # As an import says it: no action, no stamp.
    _as_policy(owner, "update location set travel = 'By ferry' where id = %s", church.id)
    assert both_modified()
    with transaction(NOBODY):
        assert changed_at() > before


def test_an_answer_is_packed_for_who_can_unpack_it(read, club):
    plain = read.answer(f"/services/{club.id}")
    packed = read.answer(f"/services/{club.id}", {"Accept-Encoding": "br, gzip"})

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.data)) == plain.json
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]
    refused = read.answer(f"/services/{club.id}", {"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_any_site_may_read_it_and_nothing_else(application, read, club):
    stranger = application.test_client()
    for method in ("GET", "HEAD", "OPTIONS", "POST"):
        answer = stranger.open("/open-referral/v3/services", method=method)
        assert answer.headers["Access-Control-Allow-Origin"] == "*", method
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for path in ("/directory", "/directory/reuse", "/", "/sign-in"):
        assert "Access-Control-Allow-Origin" not in stranger.get(path).headers, path


def test_it_can_be_kept_by_others_and_sets_no_cookie(read):
    answer = read.answer("/services")

    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers["Vary"]


def test_nothing_is_changed_through_it(application, read):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = application.test_client().open("/open-referral/v3/services", method=method)
        assert answer.status_code == 405
        assert answer.json["status"] == 405


@pytest.mark.parametrize("path", ["/services", "/service_at_locations", "/taxonomies"])
def test_the_document_names_every_endpoint(read, path):
    document = read("/openapi.json")

    assert document["openapi"] == "3.1.0"
    assert {path, f"{path}/{{id}}"} <= set(document["paths"])


def test_people_who_reuse_the_data_are_told_how(application):
    answer = application.test_client().get("/directory/reuse")

    assert answer.status_code == 200
    assert_valid(answer.text)
    assert "Open Government Licence" in answer.text
    assert "/open-referral/v3/" in answer.text


def _nine_days_old(owner, *listed) -> None:
    for one in listed:
        _as_policy(
            owner,
            "update service set assured_at = now() - interval '9 days', "
            "last_modified = now() - interval '9 days' where id = %s",
            one.id,
        )
    _as_policy(
        owner,
        "update organisation set last_modified = now() - interval '9 days' where id = %s",
        listed[0].organisation_id,
    )


def _as_policy(owner, statement, *values) -> None:
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        owner.execute(statement, values)
