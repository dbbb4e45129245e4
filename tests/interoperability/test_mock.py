"""Signing in and out through `oidc-provider-mock`, changed only by settings."""

import json

import pytest

from app.identity.actions import founding
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from tests.enrolment import enrol
from tests.interoperability.elsewhere import installed, started, through
from tests.providers.browser import Browser
from tests.providers.provider import free_port
from tests.providers.running import Running, serving, trusting

PACKAGE = "oidc-provider-mock==0.3.4"
PRIYA = {"sub": "priya", "name": "Priya Shah", "email": "priya@example.org"}


@pytest.fixture(scope="module")
def running(database, settings_maker, tmp_path_factory):
    programs = installed(PACKAGE)
    port, provider_port = free_port(), free_port()
    url, issuer = f"http://localhost:{port}", f"http://127.0.0.1:{provider_port}"
    command = [str(programs / "oidc-provider-mock"), "--port", str(provider_port)]
    command += ["--user-claims", json.dumps(PRIYA)]
    with started(command, issuer, tmp_path_factory.mktemp("mock") / "log"):
        app = trusting(settings_maker, database, url, issuer)
        with serving(app, port):
            yield Running(app, url, issuer)


def test_a_member_signs_in_and_out_through_it(running, owner):
    agency_id = founding.found_agency(owner, "Mocked team", AgencyKind.LINK_WORKER_TEAM)
    roles = (Role.LINK_WORKER,)
    enrol(owner, agency_id, running.issuer, "priya", name="", roles=roles)
    with Browser() as browser:
        page = through(browser, f"{running.url}/account", running.url, {"sub": "priya"})
        assert page.url == f"{running.url}/account"
        assert "Priya Shah" in page.text
        assert "Mocked team" in page.text
        browser.sign_out(running)
        answer = browser.get(f"{running.url}/account", allow_redirects=False)
        assert answer.status_code == 303


def test_somebody_refused_there_is_not_signed_in_here(running):
    with Browser() as browser:
        away = browser.get(f"{running.url}/account")
        refused = browser.post(away.url, data={"action": "deny"})
        assert refused.status_code == 400
        assert "You are not signed in" in refused.text
