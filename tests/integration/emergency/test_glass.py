"""Breaking the glass: what is learnt, what opens, for how long, and who hears of it."""

import re
import secrets
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import session, transaction
from app.identity.actor import Role
from app.identity.assurance import ProofNeeded
from app.ui.fields.numbers import is_nhs_number
from referrals.emergency.actions import glass
from referrals.emergency.models.glass import GlassBreak, Why
from referrals.emergency.queries import glass as glasses
from tests.browse import page_of, sent
from tests.stage import Stage

SAID = "She rang and said that she cannot go on."
WHY = {"why": "adult at risk", "words": SAID, "understood": "y"}
ASK = "/emergency/"


@pytest.fixture(scope="module")
def stage(database):
    return Stage(database)


@pytest.fixture
def outsider(stage):
    """A link worker of a team that was never sent anything."""
    return stage.somebody(Role.LINK_WORKER, of=stage.other_team)


def new_number():
    """An NHS number of the range for tests that nobody else is likely to have."""
    tries = (f"999{secrets.randbelow(10**7):07}" for _ in range(200))
    return next(one for one in tries if is_nhs_number(one))


def tried(client, **who):
    return sent(client, ASK, page_of(client, ASK), **WHY, **who)


def reference_of(stage, referral_id):
    with transaction(stage.worker):
        return stage.get(stage.worker, referral_id).reference


def opened(stage, client, actor):
    referral_id = stage.taken_on()
    tried(client, reference=reference_of(stage, referral_id))
    with transaction(actor):
        return referral_id, glasses.open_now(actor)[0]


def test_somebody_nobody_found_can_be_opened_in_an_emergency(stage, outsider, signed_in):
    client, referral_id = signed_in(outsider), stage.taken_on()
    address = f"/caseload/{referral_id}"
    nowhere = sent(client, "/caseload/find", page_of(client, "/caseload/find"), words="Nobody")
    assert f'href="{ASK}"' in nowhere
    assert client.get(address).status_code == 404

    shown = tried(client, reference=reference_of(stage, referral_id).lower().replace("-", " "))

    assert "minutes left" in shown
    assert "End now" in shown
    assert f"{address}/print" not in shown
    assert "minutes left" in page_of(client, "/caseload/"), "the banner is on every page"
    for part in ("print", "encounters/new", "person", "risks/new"):
        assert client.get(f"{address}/{part}").status_code == 403, part


def test_a_person_is_found_by_nhs_number_or_by_name_and_birth(stage, outsider, signed_in):
    number, client = new_number(), signed_in(outsider)
    name = f"Zweig{uuid.uuid4().hex[:6]}"
    stage.taken_on(nhs_number=number, family_name=name)
    born = {"date_of_birth-day": "1", "date_of_birth-month": "1", "date_of_birth-year": "1900"}
    assert "Nothing was opened" in tried(client, family_name=name, **born)
    assert "minutes left" in tried(client, nhs_number=f"{number[:3]} {number[3:6]} {number[6:]}")


def test_what_nobody_would_find_stays_unfound_and_looks_like_what_is_not_there(
    stage, outsider, signed_in, superuser
):
    """A draft, something entered by mistake and somebody who does not exist: the same page."""
    client, referral_id = signed_in(outsider), stage.referred()
    reference = superuser.execute(
        "update referral set status = 'entered-in-error', closed_at = now()"
        " where id = %s returning reference",
        [referral_id],
    ).fetchone()[0]
    pages = [tried(client, reference=one) for one in (reference, "2222-2222")]
    bare = [re.sub(r"nonce[^ >]*|value=\"[^\"]*\"", "", one) for one in pages]
    assert "Nothing was opened" in bare[0]
    assert bare[0] == bare[1]
    assert reference not in pages[0]


def test_the_form_asks_for_a_person_a_reason_and_a_sentence(outsider, signed_in):
    client = signed_in(outsider)
    page = page_of(client, ASK)
    for wrong in (
        {**WHY},
        {**WHY, "reference": "7K3M-92QX", "words": "help"},
        {**WHY, "reference": "7K3M-92QX", "why": ""},
        {**WHY, "reference": "7K3M-92QX", "understood": ""},
    ):
        assert "There is a problem" in sent(client, ASK, page, **wrong)
    with transaction(outsider):
        assert glasses.tried_today(outsider) == 0


def test_a_sign_in_of_six_minutes_ago_has_to_be_proved_again_before_the_form(
    stage, outsider, signed_in
):
    client = signed_in(replace(outsider, proved_at=clock.now() - timedelta(minutes=6)))
    assert client.get(ASK).status_code == 401
    reference = reference_of(stage, stage.taken_on())
    answer = client.post(ASK, data={**WHY, "reference": reference})
    assert answer.status_code == 401
    assert "Sign in again to go on" in answer.text
    emergency = glass.Emergency(Why.OTHER, SAID, reference)
    with transaction(outsider), pytest.raises(ProofNeeded):
        glass.open_record(replace(outsider, proved_at=None), emergency, stage.settings)


def test_ones_own_agency_is_told_to_look_in_the_ordinary_way_and_the_try_counts(
    stage, signed_in, superuser
):
    client, referral_id = signed_in(stage.lead), stage.taken_on()
    shown = tried(client, reference=reference_of(stage, referral_id))
    assert "Your own agency has a record" in shown
    with transaction(stage.lead):
        assert glasses.tried_today(stage.lead) == 1
    noted = "select outcome, person_id from audit_event where user_id = %s and action like %s"
    lines = superuser.execute(noted, [stage.lead.user_id, "%glass_broken"]).fetchall()
    assert lines == [("refused", None)]


def test_the_hour_ends_by_itself_and_by_hand(stage, outsider, signed_in, superuser):
    client = signed_in(outsider)
    first, one = opened(stage, client, outsider)
    assert timedelta(minutes=59) < one.until - one.created_at <= timedelta(minutes=60)
    late = "update {} set until = now() - interval '1 second' where id = %s"
    for table in ("glass_break", "relationship"):
        superuser.execute(late.format(table), [one.id])
    assert client.get(f"/caseload/{first}").status_code == 404
    assert "minutes left" not in page_of(client, "/caseload/")

    second, one = opened(stage, client, outsider)
    banner = page_of(client, "/caseload/")
    action = f"/emergency/{one.id}/end"
    fields = dict(re.findall(r'name="(glass-[a-z_]+)" value="([^"]*)"', banner))
    assert client.post(action, data=fields).status_code == 303
    assert client.get(f"/caseload/{second}").status_code == 404
    assert client.post(action, data={**fields, "glass-idempotency_key": str(uuid.uuid4())})
    assert "minutes left" not in page_of(client, "/caseload/")


def test_two_colleagues_and_the_same_one_again_may_need_the_same_record(stage, outsider, signed_in):
    colleague = stage.somebody(Role.TEAM_LEAD, of=stage.other_team)
    reference = reference_of(stage, stage.taken_on())
    for actor in (outsider, colleague, outsider):
        assert "minutes left" in tried(signed_in(actor), reference=reference)


def test_a_colleague_does_not_see_through_somebody_elses_broken_glass(stage, outsider, signed_in):
    referral_id, one = opened(stage, signed_in(outsider), outsider)
    colleague = stage.somebody(Role.LINK_WORKER, of=stage.other_team)
    other = signed_in(colleague)
    assert other.get(f"/caseload/{referral_id}").status_code == 404
    assert other.post(f"/emergency/{one.id}/end").status_code == 404
    assert "minutes left" not in page_of(other, "/caseload/")


def test_tries_are_counted_found_or_not_and_run_out(stage, outsider, signed_in):
    client = signed_in(outsider)
    page = page_of(client, ASK)
    assert "3 tries left" in page
    for one in ("2222-2223", "2222-2224", reference_of(stage, stage.taken_on())):
        tried(client, reference=one)
    assert "used all the tries" in page_of(client, ASK)
    late = sent(client, ASK, page, **WHY, reference=reference_of(stage, stage.taken_on()))
    assert "used all the tries" in late


def test_the_audit_trail_the_persons_log_and_the_officers_hear_of_it(
    stage, outsider, signed_in, superuser
):
    officers = [
        stage.somebody(Role.PRIVACY_OFFICER, of=of) for of in (stage.other_team, stage.team)
    ]
    _referral, one = opened(stage, signed_in(outsider), outsider)
    lines = superuser.execute(
        "select action, person_id, reason from audit_event where user_id = %s"
        " and action like 'referral.glass%%' order by id",
        [outsider.user_id],
    ).fetchall()
    assert lines[0] == ("referral.glass_broken", one.person_id, "adult at risk")
    jobs = superuser.execute(
        "select args from procrastinate_jobs where args->>'notice' like '%%in an emergency%%'"
        " and args->>'reference' = any(%s)",
        [[str(one.user_id) for one in officers]],
    ).fetchall()
    told = {one[0]["reference"]: one[0]["notice"] for one in jobs}
    assert one.reference in told[str(officers[0].user_id)]
    assert one.referral_reference in told[str(officers[1].user_id)]


def test_the_words_are_sealed_and_said_once(stage, outsider, signed_in, superuser):
    _referral, one = opened(stage, signed_in(outsider), outsider)
    row = superuser.execute("select g::text from glass_break g where id = %s", [one.id])
    assert "cannot go on" not in row.fetchone()[0]
    with transaction(outsider):
        assert session.get_one(GlassBreak, one.id).words.words == WHY["words"]
        changed = session.connection().exec_driver_sql(
            f"update glass_break set words_sealed = '' where id = '{one.id}'"
        )
        assert changed.rowcount == 0
