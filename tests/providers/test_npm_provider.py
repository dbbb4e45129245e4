"""Signing in and out through the certified provider from npm, changed only by settings."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from app.identity.actions import founding
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from tests.enrolment import enrol
from tests.providers.browser import Browser, hidden
from tests.providers.provider import SECRET, free_port
from tests.providers.running import Running, serving, trusting

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node")
INSTALLED = (ROOT / "tests" / "node_modules" / "oidc-provider").is_dir()
pytestmark = pytest.mark.skipif(
    not (NODE and INSTALLED), reason="Node or node_modules is absent: run npm ci to try this"
)


@pytest.fixture(scope="module")
def running(database, settings_maker):
    port, provider_port = free_port(), free_port()
    url, issuer = f"http://127.0.0.1:{port}", f"http://localhost:{provider_port}"
    command = [NODE, str(Path(__file__).parent / "npm" / "provider.mjs")]
    environment = {"PORT": str(provider_port), "APPLICATION": url, "SECRET": SECRET}
    with subprocess.Popen(
        command,
        env=os.environ | environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as provider:
        assert any(line == "ready\n" for line in provider.stdout)
        app = trusting(settings_maker, database, url, issuer)
        with serving(app, port):
            yield Running(app, url, issuer)
        provider.kill()


@pytest.fixture
def visitor(running, owner):
    agency_id = founding.found_agency(owner, "Certified team", AgencyKind.LINK_WORKER_TEAM)
    roles = (Role.LINK_WORKER,)
    enrol(owner, agency_id, running.issuer, "priya", name="", roles=roles)
    with Browser() as browser:
        yield browser


def end_at_provider(visitor, page):
    """Answer the provider's own question whether to sign out."""
    form = re.search(r'action="([^"]+)"', page.text)[1]
    return visitor.post(form, data=hidden(page.text) | {"logout": "yes"})


def test_a_member_signs_in_through_it(running, visitor):
    page = visitor.get(f"{running.url}/account")
    assert page.url == f"{running.url}/account", page.text
    assert "Priya Shah" in page.text
    assert "Certified team" in page.text


def test_a_member_signs_out_here_and_there(running, visitor):
    visitor.get(f"{running.url}/account")
    stolen = visitor.cookies.get("trellis", domain="127.0.0.1")
    done = end_at_provider(visitor, visitor.sign_out(running))
    assert done.url.startswith(f"{running.url}/signed-out")
    with Browser() as thief:
        thief.cookies.set("trellis", stolen, domain="127.0.0.1")
        answer = thief.get(f"{running.url}/account", allow_redirects=False)
        assert answer.status_code == 303


def test_signing_out_there_ends_the_session_here(running, visitor):
    visitor.get(f"{running.url}/account")
    end_at_provider(visitor, visitor.get(f"{running.issuer}/session/end"))
    deadline = time.monotonic() + 1
    alive = True
    while alive and time.monotonic() < deadline:
        answer = visitor.get(f"{running.url}/account", allow_redirects=False)
        alive = answer.status_code == 200
    assert not alive
