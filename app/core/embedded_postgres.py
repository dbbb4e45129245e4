"""A PostgreSQL of our own under `var/`, for development, tests and the demonstration.

The wheel's own start function trusts every local process and changes folder permissions,
so its binaries are started here: SCRAM passwords, loopback only, one start for many callers.
"""

import fcntl
import secrets
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from app.core import postgres_account

START_SECONDS = 30
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and its superuser's password."""

    folder: Path
    port: int
    password: str

    def url(self, database: str, role: str = "postgres", password: str | None = None) -> str:
        """The libpq URL of a database on this server."""
        return f"postgresql://{role}:{password or self.password}@127.0.0.1:{self.port}/{database}"


def start(folder: Path, options: dict[str, str] | None = None) -> Server:
    """Start the server of `folder`, making it first if need be; a running one is returned.

    Raises:
        RuntimeError: the server did not start; the message ends with its log.
    """
    folder = postgres_account.place_for(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        postgres_account.give(folder)
        if not (folder / "data" / "PG_VERSION").exists():
            _create(folder)
        return _start(folder, options or {})


def stop(folder: Path) -> None:
    """Stop the server of `folder`, if it runs."""
    folder = postgres_account.place_for(folder)
    if (folder / "data" / "PG_VERSION").exists():
        _run("pg_ctl", "-D", folder / "data", "-w", "-m", "fast", "stop")


def forget(folder: Path) -> None:
    """Stop the server of `folder` and remove everything it kept."""
    stop(folder)
    shutil.rmtree(postgres_account.place_for(folder), ignore_errors=True)


def _create(folder: Path) -> None:
    shutil.rmtree(folder / "data", ignore_errors=True)
    password = folder / "superuser.password"
    password.touch(mode=0o600)
    password.write_text(secrets.token_urlsafe(24))
    postgres_account.give(password)
    made = _run(
        *("initdb", "-D", folder / "data", "-U", "postgres", "--encoding=UTF8", "--no-sync"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"),
        *("--auth=scram-sha-256", f"--pwfile={password}"),
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")


def _start(folder: Path, options: dict[str, str]) -> Server:
    port_file, password = folder / "port", (folder / "superuser.password").read_text()
    port = int(port_file.read_text()) if port_file.exists() else 0
    deadline = time.monotonic() + START_SECONDS
    while True:
        if port and _answers(folder, port):
            return Server(folder, port, password)
        if not port or not _is_free(port):
            port = _free_port()
            port_file.write_text(str(port))
        _launch(folder, port, options)
        if time.monotonic() > deadline:
            log = (folder / "postgres.log").read_text(errors="replace")[-2000:]
            raise RuntimeError(f"PostgreSQL did not start:\n{log}")
        time.sleep(0.1)


def _launch(folder: Path, port: int, options: dict[str, str]) -> None:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "max_connections": "100",
    } | options
    switches = " ".join(f"-c {name}={value}" for name, value in settings.items())
    data, log = folder / "data", folder / "postgres.log"
    _run("pg_ctl", "-D", data, "-w", "-t", START_SECONDS, "-l", log, "-o", switches, "start")


def _answers(folder: Path, port: int) -> bool:
    # `pg_ctl status` only asks whether the process exists; a killed one leaves children behind.
    if _run("pg_ctl", "-D", folder / "data", "status").returncode:
        return False
    return _run("pg_isready", "-q", "-h", "127.0.0.1", "-p", port).returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _run(binary: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    # stderr goes to a file-less pipe only for initdb: a server that inherits a pipe keeps it open.
    error = subprocess.PIPE if binary == "initdb" else subprocess.DEVNULL
    return subprocess.run(
        [str(postgres_account.binaries() / binary), *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=error,
        text=True,
        cwd="/",
        check=False,
        **postgres_account.identity(),
    )
