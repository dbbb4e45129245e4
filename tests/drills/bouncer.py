"""PgBouncer in transaction mode in front of a server: Debian's, or none and the drill says so."""

import contextlib
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

from app.core import postgres_account, roles
from tests.conftest import PASSWORDS
from tests.drills.cluster import Cluster
from tests.own_server import until
from tests.providers.provider import free_port

POOL = 4
SETTINGS = """[databases]
{database} = host=127.0.0.1 port={server} dbname={database}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = {pool}
max_client_conn = 200
logfile = {folder}/pgbouncer.log
pidfile = {folder}/pgbouncer.pid
"""


def program() -> str | None:
    """Where PgBouncer is installed, if it is."""
    return shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/bin")


@contextlib.contextmanager
def bouncing(folder: Path, server: Cluster) -> Iterator[str]:
    """Its host and port, while it runs."""
    found = program()
    assert found, "pgbouncer is not installed: `make drill` as root installs it"
    port = free_port()
    folder.mkdir()
    postgres_account.give(folder)
    users = folder / "users"
    users.write_text("".join(f'"{role}" "{word}"\n' for role, word in PASSWORDS.items()))
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        SETTINGS.format(
            database=roles.DATABASE, server=server.port, port=port, folder=folder, pool=POOL
        )
    )
    for path in (users, settings):
        postgres_account.give(path)
    running = subprocess.Popen(
        [found, str(settings)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **postgres_account.identity(),
    )
    try:
        until(lambda: _listens(port))
        yield f"127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(10)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
