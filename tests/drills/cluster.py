"""PostgreSQL servers of a drill's own, which it may kill: Debian's, or those of the wheel."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from app.core import postgres_account
from app.core.embedded_postgres import Server
from tests.providers.provider import free_port

DEBIAN = Path("/usr/lib/postgresql")
PASSWORD = "drills-only"
START_SECONDS = 40
ALWAYS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "log_min_messages": "fatal",
}


def binaries() -> Path:
    """The newest PostgreSQL that Debian installed, else the one Trellis brings along."""
    found = [one for one in DEBIAN.glob("*/bin") if (one / "initdb").exists()]
    newest = sorted(found, key=lambda one: int(one.parent.name))
    return newest[-1] if newest else postgres_account.binaries()


@dataclass
class Cluster:
    """One server in a folder: made, started, killed, promoted."""

    folder: Path
    port: int = field(default_factory=free_port)
    options: dict[str, str] = field(default_factory=dict)

    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.folder / "postgres.log"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def server(self) -> Server:
        """How the rest of the tests know a server."""
        return Server(self.folder, self.port, PASSWORD)

    def create(self) -> None:
        """Make an empty cluster."""
        self._prepare_folder()
        password = self.folder / "password"
        password.write_text(PASSWORD)
        postgres_account.give(password)
        _run("initdb", "-D", self.data, "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8",
             "--auth=scram-sha-256", f"--pwfile={password}")  # fmt: skip

    def copy_from(self, primary: "Cluster", name: str) -> None:
        """Become a standby of a running primary, under this name."""
        self._prepare_folder()
        _run("pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast", "-d",
             f"host=127.0.0.1 port={primary.port} user=postgres application_name={name}",
             PGPASSWORD=PASSWORD)  # fmt: skip

    def start(self, **options: str) -> None:
        """Start, again and again if a server that was killed has left children behind."""
        self.options |= options
        settings = ALWAYS | {"port": str(self.port)} | self.options
        switches = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            assert time.monotonic() < deadline, "it does not start; its log is postgres.log"
            _try("pg_ctl", "-D", self.data, "-w", "-t", 10, "-l", self.log, "-o", switches, "start")
            time.sleep(0.2)

    def answers(self) -> bool:
        """Whether somebody could connect at this moment."""
        return _try("pg_isready", "-q", "-h", "127.0.0.1", "-p", self.port) == 0

    def configure(self, setting: str, value: str) -> None:
        """Change a setting of the running server."""
        with psycopg.connect(self.server().url("postgres"), autocommit=True) as admin:
            admin.execute(f"alter system set {setting} = '{value}'")
            admin.execute("select pg_reload_conf()")

    def promote(self) -> None:
        """Make the standby a primary."""
        _run("pg_ctl", "-D", self.data, "-w", "promote")

    def kill(self) -> None:
        """Kill -9 the postmaster; its children follow when they notice."""
        os.kill(self.postmaster(), signal.SIGKILL)

    def postmaster(self) -> int:
        """The process at the head of the server."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def backends(self) -> list[int]:
        """The processes that serve it."""
        listed = Path(f"/proc/{self.postmaster()}/task/{self.postmaster()}/children")
        return [int(pid) for pid in listed.read_text().split()]

    def stop(self) -> None:
        """Stop it if it runs."""
        _try("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def _prepare_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        postgres_account.give(self.folder)
        shutil.rmtree(self.data, ignore_errors=True)


def _run(binary: str, *arguments: object, **environment: str) -> None:
    made = _process(binary, arguments, environment, subprocess.PIPE)
    if made.returncode:
        raise RuntimeError(f"{binary} failed: {made.stderr}")


def _try(binary: str, *arguments: object) -> int:
    # A pipe would be inherited, and kept open, by the server that pg_ctl starts.
    return _process(binary, arguments, {}, subprocess.DEVNULL).returncode


def _process(
    binary: str, arguments: tuple[object, ...], environment: Mapping[str, str], error: int
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(binaries() / binary), *map(str, arguments)],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=error,
        text=True,
        check=False,
        cwd="/",
        **postgres_account.identity(),
    )
