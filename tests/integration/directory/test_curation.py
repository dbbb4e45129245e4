"""New editors' changes wait for a curator, claims are checked, and the queue says what is next."""

import uuid

import pytest

from app.core.db import NOBODY, session, transaction
from app.core.errors import Conflict, Denied, Invalid
from app.identity.actor import Role
from directory.actions import listing
from directory.actions import organisation as organisations
from directory.actions import service as adding
from directory.actions.organisation import OrganisationDraft
from directory.actions.topics.description import Description
from directory.actions.topics.state import State
from directory.curation.actions import claim, proposal
from directory.curation.actions.proposal import Said
from directory.curation.models.claim import ListingClaim
from directory.curation.queries import queue, waiting
from directory.curation.queries.queue import Kind
from directory.freshness.actions import link, secret
from directory.models.service import Service
from directory.queries import organisation as queries
from directory.queries import service as services
from tests.browse import hidden, page_of, sent
from tests.counting import statements


@pytest.fixture
def mine(charity):
    """A listing of the charity."""
    return charity.lists("Mine", description="Old words")


@pytest.fixture
def new_editor(charity, curator, mine):
    """The charity's coordinator, after the curator has said that changes wait."""
    with transaction(curator):
        its = queries.get(charity.organisation.id)
        claim.look_at_changes(curator, its, first=True)
    return charity.coordinator


def says(service_id):
    with transaction(NOBODY):
        return services.get(service_id).description


def test_a_new_editors_change_waits_and_is_published_by_the_curator(
    mine, new_editor, curator, signed_in
):
    editor, curators = signed_in(new_editor), signed_in(curator)
    url = f"/directory/mine/{mine.id}"

    form = page_of(editor, f"{url}/description")
    text = sent(editor, f"{url}/description", form, name="Mine", description="New words")
    assert "waits for the directory&#39;s curator" in text
    assert "Take it back" in text
    assert says(mine.id) == "Old words"
    state = page_of(editor, f"{url}/state")
    assert "Room: saved" in sent(editor, f"{url}/state", state, state="full")

    with transaction(curator):
        waits = waiting.proposals(services.get(mine.id))[0]
    place = f"/directory/changes/{waits.id}"
    assert place in page_of(curators, "/directory/queue?kind=change&after=")
    shown = page_of(curators, place)
    assert "Was: Old words" in shown
    assert "Preview: this is what people would read" in shown
    assert "Published: What it is of Mine" in sent(
        curators, place, shown, decision="publish", trust="y"
    )
    assert says(mine.id) == "New words"
    assert f"{new_editor.name}; {curator.name} looked at it" in page_of(editor, f"{url}/history")

    form = page_of(editor, f"{url}/description")
    text = sent(editor, f"{url}/description", form, name="Mine", description="Newest words")
    assert "What it is: saved" in text, "the editor is verified now"
    assert says(mine.id) == "Newest words"


def test_a_change_is_reached_through_its_own_listing_only(
    charity, mine, new_editor, curator, signed_in
):
    with transaction(curator):
        other = adding.add(curator, charity.organisation, Description("Another of mine", ""))
    editor = signed_in(new_editor)
    form = page_of(editor, f"/directory/mine/{mine.id}/description")
    sent(editor, f"/directory/mine/{mine.id}/description", form, name="Mine", description="New")
    with transaction(new_editor):
        waits = waiting.proposals(services.get(mine.id))[0]
    place = "/directory/mine/{}/proposals/" + f"{waits.id}/taken-back"
    token = hidden(page_of(editor, f"/directory/mine/{mine.id}"))
    assert editor.post(place.format(other.id), data=token).status_code == 404
    assert editor.post(place.format(mine.id), data=token).status_code == 303


def test_the_database_stops_a_change_that_should_wait(charity, mine, new_editor):
    with transaction(new_editor):
        it = services.kept(new_editor, mine.id)
        with pytest.raises(Denied, match="waits"):
            listing.change(new_editor, it, Description("Mine", "New words"))
    with transaction(new_editor), pytest.raises(Exception, match="row-level security"):
        session.connection().exec_driver_sql(
            "insert into listing_change (id, created_at, service_id, topic, before, after,"
            " by_user_id, by_name, agency_id) values (%s, now(), %s, 'description', '{}', '{}',"
            " %s, '', %s)",
            (uuid.uuid4(), mine.id, new_editor.user_id, new_editor.agency_id),
        )
    with pytest.raises(Exception, match="row-level security"), transaction(new_editor):
        session.add(Service(organisation_id=charity.organisation.id, name="Live at once"))


def test_a_new_editors_service_is_found_when_the_curator_has_opened_it(
    charity, mine, new_editor, curator, signed_in, stranger
):
    editor, curators = signed_in(new_editor), signed_in(curator)
    url = f"/directory/organisations/{charity.organisation.id}/services/new"
    form = page_of(editor, url)
    assert "curator looks at it first" in form
    text = sent(editor, url, form, name="Axolotl singing", description="Songs")
    assert "People find it when the directory&#39;s curator has looked at it" in text
    assert "Open or closed, by" in text
    found = "/directory?words=axolotl+singing"
    assert "Axolotl singing</a>" not in stranger.get(found).text
    with transaction(curator):
        made = services.of_organisation(charity.organisation.id)[0]
        waits = waiting.proposals(services.get(made.id))[0]
        assert (made.status, made.assured_at, waits.topic) == ("inactive", None, "opening")

    place = f"/directory/changes/{waits.id}"
    page = page_of(curators, place)
    assert "Songs" in page
    assert "Published: Open or closed" in sent(curators, place, page, decision="publish")
    assert "Axolotl singing</a>" in stranger.get(found).text
    assert "Confirmed today" in page_of(stranger, f"/directory/{made.id}")


def test_a_decision_is_one_of_the_buttons_on_the_newest_text(mine, new_editor, curator, signed_in):
    with transaction(new_editor):
        it = services.kept(new_editor, mine.id)
        proposal.say(new_editor, it, Description("Mine", "Proposed words"))
    with transaction(curator):
        waits = waiting.proposals(services.get(mine.id))[0]
    place, curators = f"/directory/changes/{waits.id}", signed_in(curator)
    page = page_of(curators, place)
    for nonsense in ({}, {"decision": "pulish"}):
        assert "Nothing was decided" in sent(curators, place, page, **nonsense)
    with transaction(curator):
        it = services.kept(curator, mine.id)
        listing.change(curator, it, Description("Mine", "Newer words"))

    answer = curators.post(place, data=hidden(page) | {"decision": "publish"})
    assert answer.status_code == 409
    assert "has changed since you opened this page" in answer.text
    assert "Says now: Newer words" in answer.text
    assert says(mine.id) == "Newer words"
    assert "Published" in sent(curators, place, answer.text, decision="publish")
    assert says(mine.id) == "Proposed words"


def test_what_a_new_editor_undoes_waits_too(mine, charity, curator, signed_in):
    editor = charity.coordinator
    with transaction(editor):
        it = services.kept(editor, mine.id)
        made = listing.change(editor, it, Description("Mine", "New words"))
    with transaction(curator):
        claim.look_at_changes(curator, queries.get(charity.organisation.id), first=True)
    client, url = signed_in(editor), f"/directory/mine/{mine.id}/history"
    page = page_of(client, url)
    assert "What you undo waits" in page
    text = sent(client, f"{url}/{made.id}/undo", page)
    assert "What it is: waits for the directory&#39;s curator" in text
    assert says(mine.id) == "New words"
    with transaction(curator):
        waits = waiting.proposals(services.get(mine.id))[0]
        assert waits.after["description"] == "Old words"


def test_a_later_proposal_takes_the_place_of_an_earlier_one_and_can_be_taken_back(
    mine, new_editor, curator, another
):
    with transaction(new_editor):
        it = services.kept(new_editor, mine.id)
        assert proposal.say(new_editor, it, State("full")) is Said.SAVED
        assert proposal.say(new_editor, it, Description("Mine", "First")) is Said.WAITING
        assert proposal.say(new_editor, it, Description("Mine", "Second")) is Said.WAITING
        assert proposal.say(new_editor, it, Description.of(it)) is Said.SAME
        second, first = waiting.proposals(it)
        assert (second.state, first.state) == ("waiting", "taken back")
    with transaction(another.coordinator):
        assert waiting.proposals(services.get(mine.id)) == []
    with transaction(curator):
        it = services.kept(curator, mine.id)
        found = waiting.get(type(second), second.id)
        with pytest.raises(Conflict, match="Only who proposed"):
            proposal.take_back(curator, it, found)
        proposal.refuse(curator, found, "Please leave out names")
        with pytest.raises(Conflict, match="decided"):
            proposal.approve(curator, it, found, it.version)
    with transaction(new_editor):
        it = services.kept(new_editor, mine.id)
        newest = waiting.proposals(it)[0]
        assert (newest.state, newest.decided_words) == ("refused", "Please leave out names")


@pytest.fixture
def unclaimed(curator):
    """An organisation that nobody keeps."""
    name, address = f"Sea Shed {uuid.uuid4().hex[:6]}", f"{uuid.uuid4().hex}@shed.example"
    with transaction(curator):
        draft = OrganisationDraft(name, email=address, charity_number="1199990")
        return organisations.add(curator, draft)


def test_a_claim_is_checked_at_the_published_address_and_decided(
    unclaimed, member, curator, signed_in, stranger
):
    coordinator = member(Role.COORDINATOR)
    editor, curators = signed_in(coordinator), signed_in(curator)
    url = f"/directory/organisations/{unclaimed.id}/claim"
    form = page_of(editor, url)
    assert "Select how we may check it" in sent(editor, url, form)
    assert "no answer yet" in sent(editor, url, form, how="e-mail")
    with transaction(coordinator):
        asked = waiting.claim_of(coordinator, unclaimed)
        with pytest.raises(Conflict, match="asked already"):
            claim.ask(coordinator, unclaimed, "e-mail")

    decide = f"/directory/claims/{asked.id}"
    page = page_of(curators, decide)
    early = sent(curators, decide, page, decision="approve", changes="wait")
    assert "Nothing has proved this claim yet" in early
    with transaction(NOBODY):
        mailed = f"/directory/answer/{secret.make(claim_id=asked.id)}"
    question = page_of(stranger, mailed)
    assert coordinator.name in question
    assert "Thank you" in sent(stranger, f"{mailed}/claim/yes", question)
    assert stranger.post(f"{mailed}/claim/no").status_code == 410
    assert stranger.post(f"{mailed}/right").status_code == 404

    page = page_of(curators, decide)
    assert "says yes" in page
    assert "keeps the listings" in sent(curators, decide, page, decision="approve", changes="wait")
    assert unclaimed.name in page_of(editor, "/directory/mine")
    with transaction(curator):
        kept = queries.get(unclaimed.id)
        session.refresh(kept)
        assert (kept.agency_id, kept.checks_editors) == (coordinator.agency_id, True)


def test_a_claim_by_number_needs_the_published_one_and_the_wrong_people_are_refused(
    unclaimed, member, curator
):
    coordinator, other = member(Role.COORDINATOR), member(Role.COORDINATOR)
    with transaction(coordinator):
        with pytest.raises(Invalid, match="not the charity number"):
            claim.ask(coordinator, unclaimed, "charity number", "1234567")
        made = claim.ask(coordinator, unclaimed, "charity number", "119 9990")
        assert made.checked_at is None
    with transaction(curator):
        found, its = waiting.get(ListingClaim, made.id), queries.get(unclaimed.id)
        with pytest.raises(Conflict, match="Nothing has proved"):
            claim.approve(curator, its, found, live_at_once=True, seen="  ")
    with transaction(other), pytest.raises(Exception, match="no such thing"):
        waiting.get(ListingClaim, made.id)
    gp = member(Role.REFERRER)
    with transaction(gp), pytest.raises(Denied):
        claim.ask(gp, unclaimed, "charity number", "1199990")
    with transaction(NOBODY):
        mailed = secret.make(claim_id=made.id)
        link.answer_claim(mailed, ours=False)
    with transaction(curator):
        found = waiting.get(ListingClaim, made.id)
        assert "says no" in found.checked_words
        its = queries.get(unclaimed.id)
        with pytest.raises(Conflict, match="does not speak for them"):
            claim.approve(curator, its, found, live_at_once=True, seen="Rang them")
        claim.refuse(curator, found, "They say no")
        assert found.state == "refused"


def test_an_organisation_without_a_number_is_not_claimed_by_the_word_none(member, curator):
    with transaction(curator):
        nameless = organisations.add(curator, OrganisationDraft("Shed", email="a@shed.example"))
    coordinator = member(Role.COORDINATOR)
    for number in ("none", ""):
        with transaction(coordinator), pytest.raises(Invalid, match="not the charity number"):
            claim.ask(coordinator, nameless, "charity number", number)


def test_one_agency_keeps_an_organisation_and_its_rivals_are_told_why(unclaimed, member, curator):
    first, second, late = (member(Role.COORDINATOR) for _ in range(3))
    asked = []
    for one in (first, second, late):
        with transaction(one):
            asked.append(claim.ask(one, unclaimed, "e-mail").id)
    with transaction(curator):
        claims = [waiting.get(ListingClaim, one) for one in asked]
        its = queries.get(unclaimed.id)
        claim.approve(curator, its, claims[0], live_at_once=False, seen="Rang their treasurer")
        claims[2].state = "waiting"  # as if it had come in a moment later
        with pytest.raises(Conflict, match="Another agency keeps"):
            claim.approve(curator, its, claims[2], live_at_once=False, seen="Rang them too")
    with transaction(second):
        mine = waiting.claim_of(second, unclaimed)
        assert mine.state == "refused"
        assert "Another agency has shown" in mine.decided_words
    with transaction(curator):
        its = queries.get(unclaimed.id)
        assert its.agency_id == first.agency_id


def test_the_queue_counts_every_kind_and_pages_without_losing_any(
    charity, curator, signed_in, stranger, owner
):
    names = [f"Colugo {number}" for number in range(3)]
    made = [charity.lists(name) for name in names]
    with owner.transaction():
        owner.execute("set local role trellis_policy")
        owner.execute(
            "update service set assured_at = now() - interval '10 months' where id = %s",
            [made[0].id],
        )
        owner.execute(
            "update service set doubt = 'bounced', doubted_at = now() where id = %s", [made[1].id]
        )
    url = f"/directory/{made[2].id}/wrong"
    sent(stranger, url, page_of(stranger, url), wrong="contact", words="No answer")

    with transaction(curator):
        counts, seen, after = queue.counts(), [], ""
        while True:
            found, after = queue.page(None, after)
            seen += found
            if not after:
                break
        assert sum(counts.values()) == len(seen) == len({(one.kind, one.id) for one in seen})
        mine = {one.kind for one in seen if one.service in names}
        assert mine == {Kind.STALE, Kind.DOUBT, Kind.REPORT}
        assert [one.since for one in seen] == sorted(one.since for one in seen)
        report = next(one for one in seen if one.kind is Kind.REPORT and one.service in names)
    text = page_of(signed_in(curator), "/directory/queue?kind=report")
    assert f"Reports from readers ({counts[Kind.REPORT]})" in text

    place = f"/directory/reports/{report.id}"
    curators = signed_in(curator)
    done = sent(curators, place, page_of(curators, place), words="Rang them", phoned="y")
    assert "Done" in done
    with transaction(curator):
        assert services.get(made[2].id).freshness.words().endswith("we spoke by telephone")
    assert page_of(curators, "/directory/queue?after=nonsense")


def test_nobody_but_a_curator_finds_anything_in_the_queue(mine, new_editor, member):
    with transaction(new_editor):
        proposal.say(new_editor, services.kept(new_editor, mine.id), Description("Mine", "New"))
    for actor in (NOBODY, member(Role.REFERRER), member(Role.COORDINATOR)):
        with transaction(actor):
            found, _ = queue.page(Kind.CHANGE)
            assert found == []


def test_a_longer_queue_asks_no_more_often(charity, curator, signed_in, stranger):
    client = signed_in(curator)

    def asked() -> int:
        client.get("/directory/queue")
        with statements() as seen:
            page_of(client, "/directory/queue")
        return len(seen)

    before = asked()
    for number in range(5):
        url = f"/directory/{charity.lists(f'Okapi {number}').id}/wrong"
        sent(stranger, url, page_of(stranger, url), wrong="other")
    assert asked() <= before
