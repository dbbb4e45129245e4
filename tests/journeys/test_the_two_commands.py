"""`make run` as a newcomer meets it: it starts, it can be used, it stops, it keeps, it forgets."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import requests

from app.core import embedded_postgres

READY = "Trellis is ready"
PATIENCE_SECONDS = 300


class Demonstration:
    """`trellis run` on ports and in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = four_free_ports()
        self.environment = {**os.environ, "TRELLIS_VAR": str(folder)}
        self.processes: list[subprocess.Popen[str]] = []

    def trellis(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "app.cli", *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        self.processes.append(subprocess.Popen(command, env=self.environment, **pipes))
        return self.processes[-1]

    def start(self) -> str:
        """Start it; what it said until it was ready."""
        self.process = self.trellis("run", "--port", str(self.port))
        said = ""
        deadline = time.monotonic() + PATIENCE_SECONDS
        for line in self.process.stdout:
            said += line
            if "Press Ctrl-C" in line:
                return said
            assert time.monotonic() < deadline, said
        raise AssertionError(said)

    def stop(self) -> str:
        """Press Ctrl-C; what it said while stopping."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        assert self.process.returncode == 0, said
        return said

    def end(self) -> None:
        """Leave nothing running, whatever became of the test."""
        for process in self.processes:
            with process:
                if process.poll() is None:
                    process.send_signal(signal.SIGINT)

    def get(self, path: str, port: int | None = None) -> str:
        with urllib.request.urlopen(f"http://localhost:{port or self.port}{path}") as answer:
            return answer.read().decode()

    def signed_in(self, subject: str) -> str:
        """Where somebody is who signs in with one click."""
        browser = requests.Session()
        choice = browser.get(f"http://localhost:{self.port}/sign-in")
        answer = browser.post(choice.url, data={"subject": subject})
        assert answer.ok
        return answer.url

    def left_running(self) -> list[str]:
        """Processes that still name this demonstration's folder."""
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if str(self.folder).encode() in path.read_bytes():
                    found.append(path.parent.name)
            except OSError:
                continue  # gone meanwhile, or somebody else's
        return [one for one in found if int(one) != os.getpid()]


def four_free_ports(since: int = 8300) -> int:
    """The first of four neighbouring ports that nothing listens on."""
    for first in range(since, 9300, 4):
        probes = [socket.socket() for _ in range(4)]
        try:
            for number, probe in enumerate(probes):
                probe.bind(("127.0.0.1", first + number))
        except OSError:
            continue
        finally:
            for probe in probes:
                probe.close()
        return first
    raise AssertionError("no four free ports")


@pytest.fixture
def demonstration(tmp_path):
    made = Demonstration(tmp_path / "var")
    yield made
    made.end()
    embedded_postgres.forget(made.folder / "postgres")


def test_it_starts_stops_cleanly_keeps_its_data_and_forgets_it_when_asked(demonstration):
    said = demonstration.start()
    assert READY in said
    assert f"http://localhost:{demonstration.port}" in said
    assert "Dr Ngozi Okafor" in said
    assert json.loads(demonstration.get("/health/ready"))["ready"] is True
    assert "Tuesday coffee morning" in demonstration.get("/directory?words=coffee")
    assert "Demonstration mailbox" in demonstration.get("/", demonstration.port + 2)
    assert "Stopping" in demonstration.stop()
    assert demonstration.left_running() == []

    # On other ports this time, the identity provider too: everybody is known all the same.
    demonstration.port = four_free_ports(demonstration.port + 4)
    assert "Making the demonstration area" not in demonstration.start()
    assert demonstration.signed_in("priya-shah").endswith("/caseload/")
    assert "Tuesday coffee morning" in demonstration.get("/directory?words=coffee")
    demonstration.stop()

    forgotten = demonstration.trellis("reset", "--yes")
    assert forgotten.wait(PATIENCE_SECONDS) == 0
    assert not (demonstration.folder / "keys").exists()


def test_a_port_that_is_taken_is_named_with_what_to_do(demonstration):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", demonstration.port))
        holder.listen()
        said, _ = demonstration.trellis("run", "--port", str(demonstration.port)).communicate()
    assert f"Port {demonstration.port} is in use" in said
    assert "make run PORT=" in said
