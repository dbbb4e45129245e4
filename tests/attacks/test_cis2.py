"""With NHS CIS2 somebody acts for the organisation of the role they chose, and for no other."""

import html
import secrets

import pytest

from app.factory import create_app
from app.identity.actions import founding
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from tests.attacks.conftest import SECRET, answer_of, is_signed_in
from tests.enrolment import enrol

CHOSEN = "555021935107"


@pytest.fixture(scope="module")
def nhs(database, settings_maker, both):
    """Trellis, for which the hostile provider is NHS CIS2."""
    prefix = "TRELLIS_OIDC_HOSTILE_"
    settings = {"ISSUER": both[0].issuer, "CLIENT_ID": "trellis", "CLIENT_SECRET": SECRET}
    named = {prefix + name: text for name, text in settings.items()}
    more = {f"{prefix}NHS_ROLES": "1", "TRELLIS_LIMIT_SIGNED_OUT": "100000"}
    return create_app(settings_maker(database.url(), **named, **more))


@pytest.fixture(scope="module")
def surgery(owner, both):
    """Two agencies in which Mallory may act, by ODS code."""
    made = {}
    for _ in range(2):
        code = "A" + "".join(secrets.choice("123456789") for _ in range(8))
        name = f"Surgery {code}"
        made[code] = founding.found_agency(owner, name, AgencyKind.PRACTICE, code)
        roles = (Role.REFERRER,)
        enrol(owner, made[code], both[0].issuer, "mallory", name="M", roles=roles)
    yield made
    sql = "update membership set ended_at = now() where agency_id = any(%s)"
    owner.execute(sql, [list(made.values())])


def role(code: str, number: str = CHOSEN) -> dict:
    return {"person_roleid": number, "org_code": code, "role_name": "Clinical"}


def told(hostile, **more):
    """What the provider says of the person besides what is usual."""
    hostile.does.userinfo = lambda honest: honest | more


def page_of(app):
    client = app.test_client()
    return client, client.get(answer_of(client))


def test_the_role_decides_for_which_agency_somebody_acts(nhs, hostile, surgery):
    for code in surgery:
        roles = [role("X99999", "1"), role(code)]
        told(hostile, selected_roleid=CHOSEN, nhsid_nrbac_roles=roles)
        client, page = page_of(nhs)
        assert page.status_code == 303
        account = client.get("/account").text
        assert f"Acting for <strong>Surgery {code}</strong>" in account
        assert "Change" not in account.split("Acting for", 1)[1][:300], (
            "there is no other to choose"
        )


BAD = {
    "no role chosen": ({"nhsid_nrbac_roles": "good"}, "which role you chose"),
    "role empty": ({"selected_roleid": "", "nhsid_nrbac_roles": "good"}, "which role you chose"),
    "role a number": ({"selected_roleid": 7, "nhsid_nrbac_roles": "good"}, "which role you chose"),
    "no roles": ({"selected_roleid": CHOSEN}, "no roles that we can read"),
    "roles empty": ({"selected_roleid": CHOSEN, "nhsid_nrbac_roles": []}, "no roles"),
    "roles a text": ({"selected_roleid": CHOSEN, "nhsid_nrbac_roles": CHOSEN}, "no roles"),
    "roles of texts": ({"selected_roleid": CHOSEN, "nhsid_nrbac_roles": ["a"]}, "no roles"),
    "another role": ({"selected_roleid": "1", "nhsid_nrbac_roles": "good"}, "not exactly one"),
    "twice": ({"selected_roleid": CHOSEN, "nhsid_nrbac_roles": "twice"}, "not exactly one"),
    "no organisation": (
        {"selected_roleid": CHOSEN, "nhsid_nrbac_roles": [{"person_roleid": CHOSEN}]},
        "names no organisation",
    ),
    "organisation odd": (
        {"selected_roleid": CHOSEN, "nhsid_nrbac_roles": [role("<b>A1</b>")]},
        "names no organisation",
    ),
    "other organisation": (
        {"selected_roleid": CHOSEN, "nhsid_nrbac_roles": [role("X99999")]},
        "ODS code X99999, which is not the ODS code of your agency",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_role_that_does_not_fit_is_refused_in_words(nhs, hostile, surgery, what):
    said, words = BAD[what]
    good = role(next(iter(surgery)))
    lists = {"good": [good], "twice": [good, good]}
    more = dict(said)
    if isinstance(more.get("nhsid_nrbac_roles"), str):
        more["nhsid_nrbac_roles"] = lists.get(more["nhsid_nrbac_roles"], CHOSEN)
    told(hostile, **more)
    client, page = page_of(nhs)
    assert page.status_code == 400
    assert words in html.unescape(page.text)
    assert "administrator" in page.text or "Registration Authority" in page.text
    assert not is_signed_in(client)


def test_the_id_token_and_userinfo_must_name_the_same_role(nhs, hostile, surgery):
    told(hostile, selected_roleid=CHOSEN, nhsid_nrbac_roles=[role(next(iter(surgery)))])
    hostile.does.claims = lambda honest: honest | {"selected_roleid": "1"}
    client, page = page_of(nhs)
    assert page.status_code == 400
    assert not is_signed_in(client)


def test_nobody_moves_to_another_agency_with_that_role_nor_by_the_database(
    nhs, hostile, surgery, owner
):
    first, second = surgery
    told(hostile, selected_roleid=CHOSEN, nhsid_nrbac_roles=[role(first)])
    client, _ = page_of(nhs)
    page = client.get("/account/agency").text
    assert str(surgery[second]) not in page
    sql = "update web_session set ods_code = %s where ods_code = %s"
    owner.execute(sql, [second, first])
    assert client.get("/account").status_code == 303, "a row changed by hand opens nothing"


def test_whoever_has_no_agency_yet_waits_as_everybody_does(nhs, hostile, surgery):
    told(
        hostile,
        sub="newcomer",
        selected_roleid=CHOSEN,
        nhsid_nrbac_roles=[role(next(iter(surgery)))],
    )
    honest = hostile.does.claims
    hostile.does.claims = lambda claims: honest(claims) | {"sub": "newcomer"}
    client, page = page_of(nhs)
    assert page.status_code == 303
    assert client.get("/account").location == "/account/waiting"
