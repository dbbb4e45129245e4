"""Referring on: what is sent is what was shown, along an agreement, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import session, transaction
from app.core.errors import Conflict, Denied, Invalid, NotFound
from directory.models.disclosure import Field
from directory.queries import organisation as organisations
from directory.standing.actions import check
from directory.standing.actions import disclosure as disclosures
from directory.standing.actions.check import Seen
from directory.standing.models.check import CheckKind
from directory.standing.queries import disclosure as profiles
from referrals.inbox.queries import inbox
from referrals.onward.actions import onward
from referrals.onward.models.disclosure import Disclosure
from referrals.onward.models.onward_referral import Company, OnwardReferral
from referrals.onward.queries import fit, preview
from referrals.onward.queries import onward as onwards
from referrals.record.models.person import Person
from referrals.record.models.referral import Referral
from tests.stage import Stage


@pytest.fixture
def stage(database):
    return Stage(database)


def test_the_snapshot_is_the_preview(stage):
    referral_id = stage.taken_on(reason="Sees nobody.")
    service_id = stage.service_id
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        draft = stage.draft(referral, words="She loves gardens.", accompanied_by=Company.VOLUNTEER)
        shown = preview.build(referral, draft)
        sent = onward.send(stage.worker, referral, draft, shown.digest, stage.settings)
        assert referral.status == "in-progress"
        assert referral.next_step == "await answer"
        assert referral.waiting_on_others
    with transaction(stage.coordinator):
        page = inbox.page(stage.coordinator, inbox.Box.TO_ANSWER)
        assert [line.onward.id for line in page.lines] == [sent.id]
        assert page.lines[0].disclosure.snapshot.lines == shown.lines
        assert page.lines[0].onward.service_id == service_id
    assert dict(shown.lines)["Name"] == "Ines Almeida"
    assert dict(shown.lines)["From the community referrer"] == "She loves gardens."
    assert "Why they were referred" not in dict(shown.lines)


def test_the_charity_sees_its_onward_referral_and_no_person(stage):
    onward_id = stage.sent_on()
    another = stage.sent_on()
    with transaction(stage.coordinator):
        ids = set(session.scalars(select(OnwardReferral.id)))
        assert ids == {onward_id, another}
        assert len(session.scalars(select(Disclosure)).all()) == 2
        assert session.scalars(select(Person.id)).all() == []
        assert session.scalars(select(Referral.id)).all() == []
    with transaction(stage.other_coordinator):
        assert session.scalars(select(OnwardReferral.id)).all() == []
        with pytest.raises(NotFound):
            inbox.get(stage.other_coordinator, onward_id)


def test_without_an_agreement_nothing_is_sent(stage):
    stranger = stage.lists(stage.other_coordinator.agency_id, "Sea Shed")
    service_id = stage.offers("Sea swimming", of=stranger)
    referral_id = stage.taken_on()
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        draft = stage.draft(referral, service_id=service_id)
        shown = preview.build(referral, draft)
        with pytest.raises(Invalid, match="no sharing agreement"):
            onward.send(stage.worker, referral, draft, shown.digest, stage.settings)
        assert session.scalars(select(OnwardReferral.id)).all() == []


def test_what_has_changed_since_it_was_shown_is_not_sent(stage):
    referral_id = stage.taken_on()
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        draft = stage.draft(referral)
        before = preview.build(referral, draft).digest
        draft = stage.draft(referral, words="Something more.")
        with pytest.raises(Conflict, match="changed"):
            onward.send(stage.worker, referral, draft, before, stage.settings)


@pytest.mark.parametrize("who", ["gp", "other_lead", "coordinator", "commissioner"])
def test_only_the_team_refers_on(stage, who):
    referral_id = stage.taken_on()
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        draft = stage.draft(referral)
        digest = preview.build(referral, draft).digest
    actor = getattr(stage, who)

    def send():
        referral = stage.get(actor, referral_id)
        onward.send(actor, referral, draft, digest, stage.settings)

    with transaction(actor), pytest.raises((Denied, NotFound)):
        send()


def lapsed(stage, kind):
    """The charity's check of this kind ran out yesterday."""
    yesterday = clock.today() - timedelta(days=1)
    with transaction(stage.curator):
        found = organisations.kept(stage.curator, stage.organisation.id)
        check.record(stage.curator, found, Seen(kind, yesterday, yesterday))


def test_a_lapsed_check_stops_or_narrows_what_is_sent_and_says_so(stage):
    referral_id = stage.taken_on()
    assert stage.service_id
    lapsed(stage, CheckKind.DATA_PROTECTION)
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        draft = stage.draft(referral)
        shown = preview.build(referral, draft)
        assert [label for label, _ in shown.lines] == ["Name", "Telephone"]
        assert "only a name and a telephone number" in shown.standing.cautions
        sent = onward.send(stage.worker, referral, draft, shown.digest, stage.settings)
    with transaction(stage.coordinator):
        disclosure = inbox.page(stage.coordinator, inbox.Box.TO_ANSWER).lines[0].disclosure
        assert disclosure.onward_referral_id == sent.id
        assert disclosure.profile_version.endswith(" (the least of it)")

    lapsed(stage, CheckKind.SAFEGUARDING)
    another = stage.taken_on()
    with transaction(stage.worker):
        referral = stage.get(stage.worker, another)
        draft = stage.draft(referral)
        shown = preview.build(referral, draft)
        assert "nothing is sent until a new one has been seen" in shown.standing.barrier
        fitting = fit.judge(stage.worker, [shown.card], None)[0]
        assert fitting.barrier == shown.standing.barrier
        with pytest.raises(Invalid, match="safeguarding policy has run out"):
            onward.send(stage.worker, referral, draft, shown.digest, stage.settings)


def test_a_sent_disclosure_names_its_profile_version_and_a_later_edit_leaves_it(stage):
    onward_id = stage.sent_on()
    with transaction(stage.coordinator):
        before = onwards.disclosure(inbox.get(stage.coordinator, onward_id))
        named, lines, fields = before.profile_version, before.snapshot.lines, before.fields
    name, _, number = named.rpartition(", version ")
    assert number.isdigit()
    with transaction(stage.curator):
        profile = next(one for one in profiles.profiles() if one.name == name)
        was = [Field(one) for one in profile.fields], profile.words
        disclosures.change(stage.curator, profile, [Field.ADDRESS], "Something else")
    try:
        with transaction(stage.coordinator):
            after = onwards.disclosure(inbox.get(stage.coordinator, onward_id))
            now = after.profile_version, after.snapshot.lines, after.fields
        assert now == (named, lines, fields)
    finally:
        with transaction(stage.curator):
            disclosures.change(stage.curator, profiles.get(profile.id), *was)
