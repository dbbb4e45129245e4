"""Start the processes of a demonstration, wait for them, and stop them all together."""

import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

import click

READY_SECONDS = 60
STOP_SECONDS = 15
TAIL = 2000


class Stopped(Exception):
    """Somebody asked the demonstration to stop."""


class Processes:
    """A handful of children, each with a name people can read."""

    def __init__(self, environment: dict[str, str], logs: Path) -> None:
        self.environment = environment
        self.logs = logs
        logs.mkdir(parents=True, exist_ok=True)
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str) -> None:
        """Start a child in a session of its own, so that Ctrl-C reaches only us."""
        with self._log(name).open("ab") as log:
            self.running[name] = subprocess.Popen(
                command,
                env=self.environment,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def wait_for(self, url: str) -> None:
        """Return when `url` answers 200. Raises ClickException when a child dies first."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            self._complain_of_the_dead()
            try:
                with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own address  # nosec B310
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise click.ClickException(
            f"{url} did not answer within {READY_SECONDS} seconds; see {self.logs}"
        )

    def watch(self) -> None:
        """Stay until somebody asks us to stop, or a child dies."""
        while True:
            time.sleep(0.5)
            self._complain_of_the_dead()

    def stop(self) -> None:
        """Ask every child to finish, newest first; insist after a while."""
        for child in reversed(self.running.values()):
            _signal(child, signal.SIGTERM)
        for child in self.running.values():
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                _signal(child, signal.SIGKILL)
        self.running.clear()

    def _complain_of_the_dead(self) -> None:
        for name, child in self.running.items():
            if child.poll() is not None:
                said = self._log(name).read_text(errors="replace")[-TAIL:]
                raise click.ClickException(f"The {name} ended by itself. It said last:\n{said}")

    def _log(self, name: str) -> Path:
        return self.logs / f"{name.replace(' ', '-')}.log"


def stop_on_signals() -> threading.Event:
    """Turn SIGINT and SIGTERM into Stopped, and into the event returned."""
    asked = threading.Event()

    def raise_stopped(_signal: int, _frame: FrameType | None) -> None:
        if not asked.is_set():  # a second Ctrl-C must not interrupt the stopping
            asked.set()
            raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, raise_stopped)
    return asked


def require_free(*ports: int) -> None:
    """Raise ClickException, saying what to do, when a port is taken."""
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise click.ClickException(
                    f"Port {port} is in use. Choose another with: make run PORT=9000"
                ) from error


def _signal(child: subprocess.Popen[bytes], number: int) -> None:
    if child.poll() is None:
        os.killpg(child.pid, number)
