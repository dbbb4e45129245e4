"""Processes that are started again when they die, as a service manager does it."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

PAUSE_SECONDS = 0.3
STOP_SECONDS = 25


class Supervised:
    """One command, kept running until the end."""

    def __init__(
        self,
        name: str,
        command: list[str],
        environment: Mapping[str, str],
        log: Path,
        *,
        folder: Path | None = None,
    ) -> None:
        self.name, self.command, self.log, self.folder = name, command, log, folder
        self.environment = {**os.environ, **environment}
        self.starts = 0
        self._stopping = threading.Event()
        self._process = self._start()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    @property
    def pid(self) -> int:
        """The process as it is now."""
        return self._process.pid

    def children(self) -> list[int]:
        """Its own children: gunicorn's workers."""
        with contextlib.suppress(OSError):
            listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
            return [int(one) for one in listed.split()]
        return []

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send the process itself a signal."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def stop(self) -> None:
        """Tell it to stop, for good."""
        self._stopping.set()
        self._watcher.join()
        self.kill(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        self.starts += 1
        with self.log.open("ab") as output:
            return subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def _watch(self) -> None:
        while not self._stopping.wait(PAUSE_SECONDS):
            if self._process.poll() is not None:
                self._process = self._start()


def gunicorn(port: int, workers: int, application: str) -> list[str]:
    """The web server as `trellis web` starts it, for an application of a drill's choice."""
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn"]
    return [*command, "--bind", f"127.0.0.1:{port}", "--workers", str(workers), application]


def killed(pid: int) -> None:
    """Kill -9 a process that may have gone already."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def wait_until_gone(pid: int, seconds: float = 10) -> None:
    """Wait for a process to end."""
    deadline = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
