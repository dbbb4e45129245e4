"""Signing in and out through `canaille`: password, consent; changed only by settings."""

import json
import subprocess

import pytest
from joserfc.jwk import RSAKey

from app.identity.actions import founding
from app.identity.actor import Role
from app.identity.models.agency import AgencyKind
from tests.enrolment import enrol
from tests.interoperability.elsewhere import installed, started, through
from tests.providers.browser import Browser
from tests.providers.provider import SECRET, free_port
from tests.providers.running import Running, serving, trusting

PACKAGE = "canaille[front,oidc,sqlite]==0.3.6"
PASSWORD = "correct horse battery staple"
SETTINGS = """
SECRET_KEY = "a-secret-for-tests-only-0123456789"
SERVER_NAME = "localhost:{port}"
PREFERRED_URL_SCHEME = "http"
[CANAILLE]
DATABASE = "sql"
JAVASCRIPT = false
[CANAILLE_SQL]
DATABASE_URI = "sqlite:///{folder}/canaille.sqlite"
[CANAILLE_OIDC]
ACTIVE_JWKS = [{key}]
"""


def written(folder, port: int) -> dict[str, str]:
    """Its settings, as the variable that names them."""
    key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}, private=True)
    members = ", ".join(
        f"{name} = {json.dumps(value)}" for name, value in key.as_dict(True).items()
    )
    path = folder / "canaille.toml"
    path.write_text(SETTINGS.format(port=port, folder=folder, key=f"{{{members}}}"))
    return {"CANAILLE_CONFIG": str(path), "PYTHONWARNINGS": "ignore"}


@pytest.fixture(scope="module")
def running(database, settings_maker, tmp_path_factory):
    programs, folder = installed(PACKAGE), tmp_path_factory.mktemp("canaille")
    port, provider_port = free_port(), free_port()
    url, issuer = f"http://localhost:{port}", f"http://localhost:{provider_port}"
    settings = written(folder, provider_port)

    def canaille(*words: str) -> None:
        command = [str(programs / "canaille"), *words]
        done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]

    canaille("install")
    canaille(
        *("create", "user", "--user-name", "priya", "--password", PASSWORD),
        *("--family-name", "Shah", "--formatted-name", "Priya Shah", "--emails", "p@example.org"),
    )
    canaille(
        *("create", "client", "--client-id", "trellis", "--client-secret", SECRET),
        *(
            "--client-name",
            "Trellis",
            "--scope",
            "openid",
            "--scope",
            "profile",
            "--scope",
            "email",
        ),
        *("--redirect-uris", f"{url}/sign-in/default/callback", "--client-uri", url),
        *("--post-logout-redirect-uris", f"{url}/signed-out", "--response-types", "code"),
        *("--grant-types", "authorization_code"),
        *("--token-endpoint-auth-method", "client_secret_basic"),
    )
    # It finds an audience among the clients there are, so only now.
    canaille("set", "client", "trellis", "--audience", "trellis")
    flask = [str(programs / "flask"), "--app", "canaille:create_app", "run"]
    command = [*flask, "--port", str(provider_port), "--host", "127.0.0.1"]
    with started(command, issuer, folder / "log", **settings):
        app = trusting(settings_maker, database, url, issuer)
        with serving(app, port):
            yield Running(app, url, issuer)


def test_a_member_signs_in_and_out_through_it(running, owner):
    agency_id = founding.found_agency(owner, "Canaille team", AgencyKind.LINK_WORKER_TEAM)
    roles = (Role.LINK_WORKER,)
    enrol(owner, agency_id, running.issuer, "priya", name="", roles=roles)
    answers = {"login": "priya", "password": PASSWORD, "answer": "accept"}
    with Browser() as browser:
        page = through(browser, f"{running.url}/account", running.url, answers)
        assert page.url == f"{running.url}/account"
        assert "Priya Shah" in page.text
        assert "Canaille team" in page.text
        last = browser.sign_out(running)
        assert last.ok, last.text[-2000:]
        answer = browser.get(f"{running.url}/account", allow_redirects=False)
        assert answer.status_code == 303


def test_a_wrong_password_there_signs_nobody_in_here(running):
    with Browser() as browser, pytest.raises(AssertionError):
        through(
            browser, f"{running.url}/account", running.url, {"login": "priya", "password": "wrong"}
        )
