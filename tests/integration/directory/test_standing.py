"""Checks run out, and what referrals carry is said version by version."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import NOBODY, transaction
from app.core.errors import Denied, Invalid
from directory import catalogue
from directory.models.disclosure import Field
from directory.queries import organisation as organisations
from directory.standing.actions import check, disclosure
from directory.standing.actions.check import Seen
from directory.standing.models.check import CheckKind, Rule
from directory.standing.queries import check as checks
from directory.standing.queries import disclosure as profiles
from tests.browse import page_of, sent

YEAR = timedelta(days=365)


def recorded(curator, organisation_id, kind, until):
    with transaction(curator):
        found = organisations.kept(curator, organisation_id)
        check.record(curator, found, Seen(kind, until - YEAR, until))


def standing(actor, service_id):
    with transaction(actor):
        return catalogue.standings([service_id])[service_id]


def test_the_newest_check_counts_and_the_strictest_rule_of_those_that_lapsed(charity, curator):
    mine, today = charity.lists("Mine"), clock.today()
    actor, its = charity.coordinator, charity.organisation.id
    assert standing(actor, mine.id).rule is None

    recorded(curator, its, CheckKind.INSURANCE, today - timedelta(days=1))
    assert "insurance has run out" in standing(actor, mine.id).cautions
    recorded(curator, its, CheckKind.SAFEGUARDING, today - timedelta(days=2))
    found = standing(actor, mine.id)
    assert found.rule is Rule.NOTHING
    assert "safeguarding policy has run out" in found.barrier
    assert "You can signpost" in found.barrier
    recorded(curator, its, CheckKind.SAFEGUARDING, today)
    assert standing(actor, mine.id).barrier == ""
    recorded(curator, its, CheckKind.DATA_PROTECTION, today - timedelta(days=1))
    with transaction(actor):
        profile = catalogue.disclosure_profile(mine.id)
    assert profile.fields == (Field.NAME, Field.PHONE)
    assert "only a name and a telephone number" in profile.words


def test_only_a_curator_records_checks_and_sets_rules(charity, curator):
    with transaction(charity.coordinator):
        found = organisations.kept(charity.coordinator, charity.organisation.id)
        seen = Seen(CheckKind.DBS, clock.today(), clock.today())
        with pytest.raises(Denied):
            check.record(charity.coordinator, found, seen)
        with pytest.raises(Denied):
            check.change_rules(charity.coordinator, {CheckKind.DBS: Rule.WARN})
    with transaction(curator):
        found = organisations.kept(curator, charity.organisation.id)
        backwards = Seen(CheckKind.DBS, clock.today(), clock.today() - YEAR)
        with pytest.raises(Invalid, match="must not be before"):
            check.record(curator, found, backwards)


def test_the_pages_of_checks_record_and_say_what_lapsed(charity, curator, signed_in):
    client, url = signed_in(curator), f"/directory/organisations/{charity.organisation.id}/checks"
    recorded(curator, charity.organisation.id, CheckKind.DBS, clock.today() - timedelta(days=1))
    page = page_of(client, url)
    assert "Lapsed" in page
    past = {"valid_until-day": "1", "valid_until-month": "1", "valid_until-year": "2020"}
    assert "must be today or in the future" in sent(client, url, page, kind="DBS checks", **past)
    until = past | {"valid_until-year": str(clock.today().year + 1)}
    text = sent(client, url, page, kind="DBS checks", **until)
    assert "In date" in text
    assert "Replaced" in text
    assert f"/directory/organisations/{charity.organisation.id}/checks" not in page_of(
        client, "/directory/queue?kind=check"
    )
    rules = page_of(client, "/directory/check-rules")
    with transaction(curator):
        now = {kind.name.lower(): str(rule) for kind, rule in checks.rules().items()}
    assert "Saved" in sent(client, "/directory/check-rules", rules, **now)


def test_an_edit_is_a_new_version_and_leaves_the_old_one_as_it_was(charity, curator, signed_in):
    mine = charity.lists("Mine", needs=("money.debt",))
    with transaction(curator):
        profile = next(one for one in profiles.profiles() if "Debt" in profiles.needs_with(one))
        was = (profile.version, list(profile.fields), profile.words)
        before = catalogue.disclosure_profile(mine.id)
    assert before.version == f"{profile.name}, version {was[0]}"
    client, url = signed_in(curator), f"/directory/disclosure/{profile.id}"
    page = page_of(client, url)

    shown = sent(client, url, page, fields_shared=["address"], words="To visit.", preview="yes")
    assert "1 Example Street" in shown
    assert "27 March 1957" not in shown
    assert "Why?" in sent(client, url, page, fields_shared=["address"], words="")
    saved = sent(client, url, page, fields_shared=["address"], words="To visit.")
    assert f"Saved as version {was[0] + 1}" in saved
    stale = sent(client, url, page_of(client, url), words="Later", fields_shared=[], version="1")
    assert "Somebody else has changed this meanwhile" in stale
    with transaction(NOBODY):
        after = catalogue.disclosure_profile(mine.id)
        kept = {one.version: one for one in profiles.versions(profile)}
    assert after.fields == (Field.NAME, Field.PHONE, Field.ADDRESS)
    assert kept[was[0]].fields == was[1]
    with transaction(curator):
        fields = [Field(one) for one in was[1]]
        disclosure.change(curator, profiles.get(profile.id), fields, was[2])
    with transaction(charity.coordinator), pytest.raises(Denied):
        disclosure.change(charity.coordinator, profiles.get(profile.id), [], "Mine")
