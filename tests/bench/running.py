"""The processes of a run: gunicorn as it is deployed, and the provider of sign-ins."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.place import ROOT, SECRET

LOGS = ROOT / "var" / "bench"
WORKERS = 2
READY_SECONDS = 60


@dataclass(frozen=True)
class Web:
    """A gunicorn and where it listens."""

    port: int
    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """The process of each worker."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in listed.read_text().split()]

    def workers_megabytes(self) -> list[float]:
        """The resident memory of each worker."""
        return [_resident(pid) for pid in self.workers()]

    def processor_seconds(self) -> float:
        """What all workers have used so far: tells their own work from waiting for a core."""
        used = [
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            for pid in self.workers()
        ]
        return sum(int(one[11]) + int(one[12]) for one in used) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def gunicorn(application: str, port: int, environment: dict[str, str], path: str) -> Iterator[Web]:
    """Serve `tests.bench.served:<application>` with the configuration of the house."""
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    with _process(
        f"web-{port}", [*command, f"tests.bench.served:{application}()"], environment
    ) as run:
        _wait_for(f"http://127.0.0.1:{port}{path}", run)
        yield Web(port, run)


@contextlib.contextmanager
def provider(port: int, application: str, people: list[dict[str, str]]) -> Iterator[str]:
    """The demonstration's provider, with these people to choose from; its issuer."""
    issuer = f"http://127.0.0.1:{port}"
    LOGS.mkdir(parents=True, exist_ok=True)
    listing = LOGS / f"people-{port}.json"
    listing.write_text(json.dumps(people))
    command = [sys.executable, "-m", "app.demonstration.provider", "--issuer", issuer]
    command += ["--application", application, "--people", str(listing)]
    command += ["--folder", str(LOGS / f"provider-{port}")]
    known = {"TRELLIS_DEMONSTRATION": "1", "TRELLIS_OIDC_CLIENT_SECRET": SECRET}
    with _process("provider", command, known) as run:
        _wait_for(f"{issuer}/.well-known/openid-configuration", run)
        yield issuer
    listing.unlink()


@contextlib.contextmanager
def _process(
    name: str, command: list[str], environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    log = LOGS / f"{name}.log"
    LOGS.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        run = subprocess.Popen(
            command, env=os.environ | environment, cwd=ROOT, stdout=output, stderr=output
        )
    try:
        yield run
    finally:
        run.send_signal(signal.SIGTERM)
        run.wait(30)


def _wait_for(url: str, run: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and run.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer; see {LOGS}/*.log")


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
