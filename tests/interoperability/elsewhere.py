"""Installs and runs a provider of somebody else's, unchanged but for its settings."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests

from tests.providers.browser import Browser

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "var" / "interoperability"
UV = Path(sys.executable).parent / "uv"
PATIENCE = 90


def installed(package: str) -> Path:
    """The folder of programs of an environment with this package; made when it is absent."""
    environment = FOLDER / package.replace("==", "-").partition("[")[0]
    if not (environment / "complete").exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        made = [str(UV), "venv", "-q", "--clear", "--python", sys.executable, str(environment)]
        subprocess.run(made, check=True)
        python = str(environment / "bin" / "python")
        command = [str(UV), "pip", "install", "-q", "--python", python, package]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"{package} cannot be had from here: {done.stderr.strip()[-200:]}")
        (environment / "complete").touch()
    return environment / "bin"


@contextmanager
def started(command: list[str], issuer: str, log: Path, **more: str) -> Iterator[None]:
    """The provider as a process, from when it answers until the block ends."""
    environment = os.environ | {"PYTHONWARNINGS": "ignore"} | more
    with (
        log.open("wb") as output,
        subprocess.Popen(command, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            _wait(issuer, process, log)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(issuer: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"{issuer}/.well-known/openid-configuration", timeout=10).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.3)
    raise AssertionError(f"It does not answer: {log.read_text()[-2000:]}")


class Form(HTMLParser):
    """The first form of a page that is posted: where to, and what it says already."""

    def __init__(self, page: requests.Response) -> None:
        super().__init__()
        self.action, self.fields, self.inside, self.found = page.url, {}, False, False
        self.feed(page.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "form" and not self.found and (has.get("method") or "").lower() == "post":
            self.inside = self.found = True
            self.action = urljoin(self.action, has.get("action") or "")
        elif self.inside and tag in ("input", "button") and has.get("name"):
            self.fields.setdefault(has["name"], has.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def through(
    browser: Browser, start: str, ours: str, answers: Mapping[str, str]
) -> requests.Response:
    """Answer the provider's pages, whatever they are, until we are back at our own."""
    page = browser.get(start)
    for _ in range(6):
        if page.url.startswith(ours):
            return page
        form = Form(page)
        assert form.found, page.text[-3000:]
        known = {name: text for name, text in answers.items() if name in form.fields}
        page = browser.post(form.action, data=form.fields | known)
    raise AssertionError(f"Never came back: {page.url}")
