"""Browsers in which somebody has signed in by clicking, through the demonstration provider."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.demonstration.provider.people import DemonstrationPerson
from app.identity.actor import Actor
from tests.providers.provider import demonstration_provider, free_port
from tests.providers.running import Running, serving, trusting

BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


@pytest.fixture(scope="session")
def running(database, settings_maker, tmp_path_factory) -> Iterator[Running]:
    """Trellis and the demonstration provider, each on a port of its own."""
    port = free_port()
    url = f"http://localhost:{port}"
    folder = tmp_path_factory.mktemp("provider")
    with demonstration_provider(folder, url) as provider:
        app = trusting(settings_maker, database, url, provider.issuer)
        with serving(app, port):
            yield Running(app, url, provider.issuer, provider)


@pytest.fixture
def choosable(running, owner) -> Callable[[Actor], DemonstrationPerson]:
    """`choosable(actor)`: whoever it is can now be chosen on the provider's page."""

    def add(actor: Actor) -> DemonstrationPerson:
        sql = "update app_user set issuer = %s where id = %s returning subject"
        subject = owner.execute(sql, [running.issuer, actor.user_id]).fetchone()[0]
        roles = " and ".join(sorted(actor.roles))
        person = DemonstrationPerson(
            subject, actor.name or subject, f"{roles}, {actor.agency_name}"
        )
        running.provider.people[subject] = person
        return person

    return add


@pytest.fixture
def browse(running, choosable, new_context) -> Callable[..., Any]:
    """`browse(actor)` → a Playwright page on the actor's first page, signed in by clicking.

    `width=` is the screen's; each call is another browser.
    """

    def sign_in(actor: Actor, width: int = 1280, height: int = 900, **more: Any) -> Any:
        person = choosable(actor)
        screen = {"width": width, "height": height}
        page = new_context(base_url=running.url, viewport=screen, locale="en-GB", **more).new_page()
        page.goto("/sign-in")
        page.locator(f'button[value="{person.subject}"]').click()
        page.wait_for_url(f"{running.url}/**")
        return page

    return sign_in


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium where it is; CHROMIUM names another."""
    found = os.environ.get("CHROMIUM") or next((one for one in BROWSERS if Path(one).exists()), "")
    args = ["--disable-gpu", "--no-first-run", "--disable-background-networking"]
    args += ["--no-sandbox"] if os.geteuid() == 0 else []
    where = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, "args": args, **where}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """Nothing shared: each page says for itself where it is and how wide."""
    return {}


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: each page is given its own; the plug-in's own fixture warns."""
