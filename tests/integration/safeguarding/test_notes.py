"""Safeguarding notes: who sees them, who does not even see that there is one, what is noted."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.core import clock
from app.core.db import session, transaction
from app.core.errors import Conflict, Denied, Invalid
from app.identity.actor import Role
from referrals.safeguarding.actions import note as acts
from referrals.safeguarding.actions import succession
from referrals.safeguarding.actions.note import NoteDraft
from referrals.safeguarding.queries import note as notes
from tests.attacks.matrix.records import Records
from tests.browse import page_of, sent
from tests.stage import Stage

CONCERN = "Bruises on both arms, which she would not talk about."
SIGNS = ("afeguarding concern", CONCERN, "Only ", "Hidden from the person")


@pytest.fixture(scope="module")
def stage(database):
    return Stage(database)


@pytest.fixture(scope="module")
def colleague(stage):
    return stage.somebody(Role.LINK_WORKER, of=stage.team, name="Noor Colleague")


def draft(*readers, **more):
    said = {"concern": CONCERN, "comment": "Rang the council.", "noticed_on": clock.today()}
    said |= {"ended_on": None, "hidden_from_person": True}
    return NoteDraft(**said | more, readers=[one.user_id for one in readers])


def written(stage, *readers):
    referral_id = stage.taken_on()
    readers = readers or (stage.somebody(Role.LINK_WORKER, of=stage.team, name="Rae Reader"),)
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        return referral_id, acts.add(stage.worker, referral, draft(*readers)).id


def reference_of(superuser, referral_id):
    asked = "select reference from referral where id = %s"
    return superuser.execute(asked, [referral_id]).fetchone()[0]


def told_of(superuser, actor, reference):
    notice = f"There is a note for you to read (reference {reference})"
    asked = "select count(*) from procrastinate_jobs where args->>'reference' = %s"
    asked += " and args->>'notice' = %s"
    return superuser.execute(asked, [str(actor.user_id), notice]).fetchone()[0]


def today(name="noticed_on"):
    day = clock.today()
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def test_a_community_referrer_writes_one_and_names_who_may_read_it(stage, signed_in, colleague):
    assert stage.lead
    client, address = signed_in(stage.worker), f"/caseload/{stage.taken_on()}"
    assert f"{address}/safeguarding/new" in page_of(client, address)
    form = page_of(client, f"{address}/safeguarding/new")
    ticked = re.findall(r'value="([^"]+)"[^>]*checked', form)
    assert str(stage.lead.user_id) in ticked, "team leads are ticked to begin with"
    assert str(colleague.user_id) not in ticked
    assert "There is a problem" in sent(client, f"{address}/safeguarding/new", form)
    alone = sent(client, f"{address}/safeguarding/new", form, concern=CONCERN, **today())
    assert "Name somebody else" in alone
    said = {"concern": CONCERN, "hidden_from_person": "y", "readers": [str(stage.lead.user_id)]}
    shown = sent(client, f"{address}/safeguarding/new", alone, **said, **today())
    for sign in SIGNS:
        assert sign in shown
    assert f"{stage.worker.name} and {stage.lead.name}" in shown
    named = page_of(signed_in(stage.lead), address)
    assert CONCERN in named
    assert CONCERN not in page_of(client, f"{address}/print"), "paper is taken along"


def test_everybody_else_sees_the_page_as_if_there_were_none(stage, signed_in, colleague):
    referral_id, note_id = written(stage)
    others = [stage.lead, colleague]
    for actor in others:
        page = page_of(signed_in(actor), f"/caseload/{referral_id}")
        assert not [sign for sign in SIGNS if sign in page]
        assert "panel-safeguarding" not in page
    unrelated = stage.somebody(Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, of=stage.team)
    for actor in (*others, stage.gp, unrelated, stage.coordinator):
        where = f"/caseload/{referral_id}/safeguarding/{note_id}"
        assert signed_in(actor).get(where).status_code == 404
        with transaction(actor):
            found = "select count(*) from safeguarding_note where id = :id"
            assert session.scalar(text(found), {"id": note_id}) == 0
    history = page_of(signed_in(stage.gp), f"/sent/{referral_id}")
    assert "afeguarding" not in history


def test_broken_glass_shows_no_safeguarding_note(stage, signed_in):
    referral_id, note_id = written(stage)
    outsider = stage.somebody(Role.TEAM_LEAD, of=stage.other_team)
    Records(stage, lambda _who: outsider).break_glass(outsider, referral_id)
    client = signed_in(outsider)
    page = page_of(client, f"/caseload/{referral_id}")
    assert "Almeida" in page
    assert not [sign for sign in SIGNS if sign in page]
    assert client.get(f"/caseload/{referral_id}/safeguarding/{note_id}").status_code == 404


def test_a_named_reader_who_leaves_the_team_reads_nothing_more(stage, signed_in, owner):
    leaving = stage.somebody(Role.LINK_WORKER, of=stage.team)
    referral_id, note_id = written(stage, leaving)
    client = signed_in(leaving)
    where = f"/caseload/{referral_id}/safeguarding/{note_id}"
    assert client.get(where).status_code == 200
    owner.execute(
        "update membership set roles = '{coordinator}' where user_id = %s", [leaving.user_id]
    )
    assert client.get(where).status_code == 404


def test_readers_can_be_changed_by_those_named_and_the_writer_of_a_change_stays(
    stage, signed_in, colleague
):
    referral_id, note_id = written(stage, stage.lead)
    client, where = signed_in(stage.lead), f"/caseload/{referral_id}/safeguarding/{note_id}"
    form = page_of(client, where)
    readers = {"concern": CONCERN, "readers": [str(colleague.user_id)], **today("ended_on")}
    shown = sent(client, where, form, **readers)
    assert "Over since" in shown
    assert CONCERN in page_of(signed_in(colleague), f"/caseload/{referral_id}")
    assert CONCERN not in page_of(signed_in(stage.worker), f"/caseload/{referral_id}")


def test_what_was_typed_of_a_note_that_changed_meanwhile_is_kept_on_the_page(stage, signed_in):
    referral_id, note_id = written(stage, stage.lead)
    where = f"/caseload/{referral_id}/safeguarding/{note_id}"
    client, readers = signed_in(stage.worker), {"readers": [str(stage.lead.user_id)]}
    form = page_of(client, where)
    sent(client, where, form, concern=CONCERN, **readers)
    long = "She said it began in the spring. " * 120
    late = {"concern": long, "idempotency_key": str(uuid.uuid4())}
    shown = sent(client, where, form, **readers, **late)
    assert "This has changed" in shown
    assert long.strip() in shown
    assert f'href="/caseload/{referral_id}"' in shown
    assert long.strip() not in page_of(client, f"/caseload/{referral_id}")


def test_what_was_written_first_can_be_read_beside_what_it_was_changed_to(
    stage, signed_in, colleague, superuser
):
    referral_id, note_id = written(stage, stage.lead)
    client, where = signed_in(stage.worker), f"/caseload/{referral_id}/safeguarding/{note_id}"
    said = {"concern": "The bruises were from a fall.", "readers": [str(colleague.user_id)]}
    sent(client, where, page_of(client, where), **said)
    for reader in (stage.worker, colleague):
        shown = page_of(signed_in(reader), f"/caseload/{referral_id}")
        assert shown.index("from a fall") < shown.index("What was written before")
        assert shown.index("What was written before") < shown.index(CONCERN)
    removed = page_of(signed_in(stage.lead), f"/caseload/{referral_id}")
    assert not [sign for sign in SIGNS if sign in removed]
    assert client.get(where).location == f"/caseload/{referral_id}"
    assert told_of(superuser, colleague, reference_of(superuser, referral_id)) == 1
    with transaction(stage.worker):
        referral = stage.get(stage.worker, referral_id)
        first = notes.get(stage.worker, referral, note_id)
        with pytest.raises(Conflict):
            acts.change(stage.worker, referral, first, draft(colleague))


def test_a_note_whose_readers_have_all_left_goes_to_the_team_leads(stage, signed_in, superuser):
    leaving = stage.somebody(Role.LINK_WORKER, of=stage.team)
    staying = stage.somebody(Role.LINK_WORKER, of=stage.team)
    referral_id, note_id = written(stage, leaving, staying)
    leave = "update membership set ended_at = now() where user_id = %s and agency_id = %s"
    named = "update safeguarding_note set readers = %s where id = %s"
    superuser.execute(named, [[leaving.user_id, staying.user_id], note_id])
    superuser.execute(leave, [leaving.user_id, stage.team])
    succession.name_successors(0)
    page = f"/caseload/{referral_id}"
    assert CONCERN not in page_of(signed_in(stage.lead), page), "one of them can read it"
    superuser.execute(leave, [staying.user_id, stage.team])
    for _night in range(2):
        succession.name_successors(0)
    assert CONCERN in page_of(signed_in(stage.lead), page)
    assert told_of(superuser, stage.lead, reference_of(superuser, referral_id)) == 1
    noted = "select count(*) from audit_event where subject_id = %s and action like %s"
    assert superuser.execute(noted, [note_id, "%succeeded"]).fetchone() == (1,)


def test_each_reading_is_audited_and_nothing_tells_it_in_the_clear(stage, signed_in, superuser):
    referral_id, note_id = written(stage, stage.lead)
    page_of(signed_in(stage.lead), f"/caseload/{referral_id}")
    page_of(signed_in(stage.lead), f"/caseload/{referral_id}/print")
    lines = superuser.execute(
        "select action, user_id from audit_event where subject_id = %s order by id", [note_id]
    ).fetchall()
    assert lines == [
        ("safeguarding_note.added", stage.worker.user_id),
        ("safeguarding_note.read", stage.lead.user_id),
    ]
    told = told_of(superuser, stage.lead, reference_of(superuser, referral_id))
    assert told == 1, "whom it names hears that there is something to read"
    row = superuser.execute("select n::text from safeguarding_note n where id = %s", [note_id])
    assert "Bruises" not in row.fetchone()[0]
    events = "select count(*) from referral_event where referral_id = %s and kind like '%%guard%%'"
    assert superuser.execute(events, [referral_id]).fetchone() == (0,)


def test_dates_readers_and_writers_that_do_not_fit_are_refused(stage):
    referral_id = stage.taken_on()
    tomorrow = clock.today() + timedelta(days=1)
    stranger = stage.somebody(Role.LINK_WORKER, of=stage.other_team)
    lead = stage.lead
    late, over = draft(lead, noticed_on=tomorrow), draft(lead, ended_on=tomorrow)
    wrong = (late, over, draft(lead, stranger), draft(), draft(stage.worker))
    for said in wrong:
        with transaction(stage.worker), pytest.raises(Invalid):
            acts.add(stage.worker, stage.get(stage.worker, referral_id), said)
    with transaction(stage.gp), pytest.raises(Denied):
        acts.add(stage.gp, stage.get(stage.gp, referral_id), draft())
