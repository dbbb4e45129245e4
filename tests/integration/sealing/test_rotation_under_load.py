"""Every kind of key is rotated by its command while Trellis is served and used: nobody notices."""

import re
import subprocess
import sys
import threading
import time

import pytest

from app.core.keys import key_file
from tests.attacks.served import Served
from tests.browse import hidden
from tests.integration.refer.walk import NUMBER, PERSON
from tests.own_server import TRELLIS, environment, own_server, pointed_at, trellis, until
from tests.providers.provider import free_port
from tests.stage import Stage

NAME = "Unmistakable"
# The command with a shorter wait for transactions that began before: ours last no second.
SHORTER = (
    "from app.core.rotation import branch; branch.rotate_branch.__defaults__ = (1.0, 200);"
    "from app.cli import main; main()"
)


@pytest.fixture(scope="module")
def here(tmp_path_factory, database):
    """Trellis served on a database of its own, with its keys in files."""
    folder, port = tmp_path_factory.mktemp("rotation"), free_port()
    with own_server(folder / "server") as made, pointed_at(made, database):
        served = Served(f"http://127.0.0.1:{port}", made, folder, Stage(made))
        kept = {"root": made.settings.root_keys, "index": made.settings.index_keys}
        served.settings = {"TRELLIS_LIMIT_USER": "100000", "TRELLIS_LIMIT_AGENCY": "100000"}
        for kind, used in kept.items():
            key_file.replace(folder / f"{kind}.key", used)
            name = f"TRELLIS_{kind.upper()}_KEY"
            served.settings |= {name: "", f"{name}_FILE": str(folder / f"{kind}.key")}
        command = ("web", "--port", str(port), "--workers", "2")
        with trellis(made, *command, log=folder / "web.log", **served.settings):
            until(lambda: served.status("/health/ready") == 200)
            yield served


class People:
    """A community referrer and a practice at work, until they are told to stop."""

    def __init__(self, here):
        self.here, self.stop = here, threading.Event()
        self.referral_id = here.stage.taken_on(family_name=NAME, nhs_number=NUMBER)
        self.wrong, self.done = [], 0
        at_work = ((self.works, here.stage.worker), (self.refers, here.stage.gp))
        self.threads = [
            threading.Thread(target=self.again, args=(act, here.browser(who)))
            for act, who in at_work
        ]

    def __enter__(self):
        for one in self.threads:
            one.start()
        return self

    def __exit__(self, *error):
        self.stop.set()
        for one in self.threads:
            one.join()

    def again(self, act, browser):
        while not self.stop.is_set():
            try:
                act(browser)
                self.done += 1
            except Exception as wrong:
                self.wrong.append(wrong)

    def works(self, browser):
        """Read the record, write an encounter in it."""
        record = f"/caseload/{self.referral_id}"
        assert NAME in self.page(browser, record)
        spoke = {"kind": "telephone", "outcome": "spoke with the person", "note": "Likes tea"}
        day = {"held_on-day": "1", "held_on-month": "6", "held_on-year": "2026"}
        self.send(browser, f"{record}/encounters/new", {**spoke, **day})

    def refers(self, browser):
        """Find somebody by their number, begin with somebody new."""
        found = self.send(browser, "/refer/find", {"nhs_number": NUMBER}, 200)
        assert NAME in found
        self.send(browser, "/refer/new", {**PERSON, "nhs_number": ""})

    def page(self, browser, address):
        answer = browser.get(self.here.url + address, timeout=30)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.text

    def send(self, browser, address, typed, status=303):
        form = hidden(self.page(browser, address))
        answer = browser.post(
            self.here.url + address, data={**form, **typed}, timeout=30, allow_redirects=False
        )
        assert answer.status_code == status, (address, answer.status_code)
        return answer.text


def operator(here, *words):
    """What a command of an operator says."""
    begun = [sys.executable, "-c", SHORTER] if "branch" in words else [str(TRELLIS)]
    done = subprocess.run(
        [*begun, "keys", *words],
        env=environment(here.database) | here.settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nobody_notices_a_rotation(here):
    with People(here) as people:
        for kind in ("person", "branch", "root", "index"):
            before = people.done
            assert re.search(rf"^{kind}: done", operator(here, "rotate", kind), re.MULTILINE), kind
            until(lambda before=before: people.done > before + 1)
        for kind in ("root", "index"):
            assert "1 older keys removed" in operator(here, "forget", kind)
        before = people.done
        time.sleep(0.5)
        until(lambda: people.done > before + 2)
    assert people.wrong == []
    files = [here.folder / f"{kind}.key" for kind in ("root", "index")]
    assert [len(one.read_text().split()) for one in files] == [1, 1]
    used = (here.database.settings.root_keys[0], here.database.settings.index_keys[0])
    assert not {key_file.Keys((), one).newest()[1] for one in files} & set(used)
    operator(here, "check")
