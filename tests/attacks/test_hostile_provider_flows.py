"""Replays, mix-ups and keys that change; all of it twice in one process."""

import time
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from app.identity.actions import founding
from app.identity.models.agency import AgencyKind
from app.identity.oidc.providers import EXTENSION
from tests.attacks.conftest import answer_of, is_signed_in
from tests.attacks.hostile_provider.behaviour import with_, without
from tests.attacks.hostile_provider.provider import new_key
from tests.enrolment import enrol


@pytest.fixture(autouse=True, params=["first", "second"])
def time_round(request):
    """What is learnt from a bad answer must not change the next."""
    return request.param


def signs_in(app, name="hostile") -> bool:
    client = app.test_client()
    assert client.get(answer_of(client, name)).status_code < 500
    return is_signed_in(client)


def key_reads(hostile) -> list[int]:
    """Counts how often the keys are read from now on."""
    reads = []
    hostile.does.keys = lambda honest: reads.append(1) or honest
    return reads


def test_an_answer_is_good_once(trusting, hostile):
    client = trusting.test_client()
    back = answer_of(client)
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 400
    assert is_signed_in(client)


def test_a_code_that_was_used_is_worth_nothing_with_another_state(trusting, hostile):
    thief = trusting.test_client()
    used = answer_of(trusting.test_client())
    code = parse_qs(urlsplit(used).query)["code"][0]
    hostile.does.redirect = with_(code=code)
    answer = thief.get(answer_of(thief))
    assert answer.status_code == 400, "the token says another nonce"
    assert not is_signed_in(thief)


def test_a_sign_in_asked_for_an_act_must_be_as_young_and_strong_as_asked(trusting, hostile, owner):
    agency_id = founding.found_agency(owner, "Proof", AgencyKind.COUNCIL)
    user = enrol(owner, agency_id, hostile.issuer, "mallory", name="Mallory")
    client = trusting.test_client()
    client.get(answer_of(client))
    honest, tries = hostile.does.claims, {}
    for name, bad in {
        "old": with_(auth_time=time.time() - 400),
        "no time": without("auth_time"),
        "somebody else": with_(sub="somebody-else"),
        "honest": lambda claims: claims,
    }.items():
        hostile.does.claims = lambda claims, bad=bad: bad(honest(claims))
        back = answer_of(client, address="/account/proof/break-glass?next=/account")
        tries[name] = client.get(back).status_code
        assert client.get("/account").status_code == 200, "they are still signed in as before"
    owner.execute("update membership set ended_at = now() where user_id = %s", [user])
    assert tries == {"old": 400, "no time": 400, "somebody else": 400, "honest": 303}


def test_every_sign_in_is_audited_and_every_refusal_logged(trusting, hostile, database, caplog):
    began = (
        "select count(*) from audit_event where action = 'session.began'"
        " and reason = 'hostile gold' and user_id ="
    )
    mine = "(select id from app_user where issuer = %s and subject = 'mallory')"
    with psycopg.connect(database.url("postgres"), autocommit=True) as superuser:

        def counted() -> int:
            return superuser.execute(f"{began} {mine}", [hostile.issuer]).fetchone()[0]

        before = counted()
        assert signs_in(trusting)
        assert counted() == before + 1
    hostile.does.claims = with_(aud="another")
    assert not signs_in(trusting)
    codes = [one.msg["code"] for one in caplog.records if "code" in one.msg]
    assert codes == ["claim.aud"]


def test_no_token_reaches_the_browser(trusting, hostile):
    kept = []
    hostile.does.token = lambda honest: kept.append(honest["id_token"]) or honest
    client = trusting.test_client()
    answers = [client.get(answer_of(client)), client.get("/account/waiting")]
    assert is_signed_in(client)
    for part in (*kept[0].split("."), kept[0]):
        assert not [one for one in answers if part in f"{one.headers}{one.text}"]


def test_an_answer_is_good_only_in_the_browser_that_asked(trusting, hostile):
    back = answer_of(trusting.test_client())
    victim = trusting.test_client()
    assert victim.get(back).status_code == 400
    assert not is_signed_in(victim)


def test_an_answer_delivered_to_another_providers_callback_is_refused(trusting, hostile):
    for mine, other in (("hostile", "honest"), ("honest", "hostile")):
        client = trusting.test_client()
        back = answer_of(client, mine).replace(f"/{mine}/", f"/{other}/")
        assert client.get(back).status_code == 400
        assert not is_signed_in(client)


def test_only_the_last_few_sign_ins_of_a_browser_are_kept(trusting, hostile):
    client = trusting.test_client()
    backs = [answer_of(client) for _ in range(7)]
    assert [client.get(back).status_code for back in backs[:2]] == [400, 400]
    assert client.get(backs[-1]).status_code == 303


def test_a_new_key_is_found_by_reading_the_keys_once_more(trusting, hostile, keys):
    assert signs_in(trusting)
    hostile.signing, hostile.published = keys[1], list(keys)
    reads = key_reads(hostile)
    assert signs_in(trusting)
    assert signs_in(trusting)
    assert len(reads) == 1


def test_a_new_key_under_the_old_name_is_found_as_well(trusting, hostile):
    assert signs_in(trusting)
    again = new_key("first")
    hostile.signing, hostile.published = again, [again]
    assert signs_in(trusting)


def test_an_unknown_key_makes_us_read_the_keys_once_and_no_more(trusting, hostile, keys):
    assert signs_in(trusting)
    hostile.signing = keys[1]
    reads = key_reads(hostile)
    assert not signs_in(trusting)
    assert len(reads) == 1


def test_a_withdrawn_key_is_refused_once_the_keys_are_ten_minutes_old(trusting, hostile, keys):
    assert signs_in(trusting)
    hostile.published = [keys[1]]
    client = trusting.extensions[EXTENSION]["hostile"]
    client._keys = (client._keys[0] - 10 * 60 - 1, client._keys[1])
    assert not signs_in(trusting)


def test_a_token_that_names_no_key_is_believed_only_when_there_is_one_key(trusting, hostile, keys):
    hostile.does.header = without("kid")
    assert signs_in(trusting)
    hostile.published = list(keys)
    trusting.extensions[EXTENSION]["hostile"]._keys = None
    assert not signs_in(trusting)


def test_the_scope_of_leeway_is_half_a_minute(trusting, hostile):
    honest = hostile.does.claims
    for late, good in ((20, True), (40, False)):
        hostile.does.claims = lambda claims, late=late: honest(claims) | {"exp": time.time() - late}
        assert signs_in(trusting) is good
