"""`make run`: everything on one machine, from nothing to a first page, until Ctrl-C."""

import json
import os
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

import click
import psycopg

from app.core import embedded_postgres, installation, roles
from app.demonstration import area, environment
from app.demonstration.area import people
from app.demonstration.environment import Ports
from app.demonstration.processes import Processes, require_free, stop_on_signals
from config.settings import Settings

MADE = "area-is-made"
WELCOME = """
Trellis is ready:         {web}
Read the e-mail it sends: {mail}

Sign in as one of these people (one click, no password):
{people}

Press Ctrl-C to stop. The data stays; `make reset` forgets it.
"""


def run(folder: Path, port: int) -> None:
    """Start PostgreSQL, migrate, load the area, start every process, and wait."""
    stopping = stop_on_signals()
    ports = Ports(port)
    require_free(ports.web, ports.provider, ports.mailbox, ports.smtp)
    own_server = "TRELLIS_DATABASE_URL" not in os.environ
    with ExitStack() as at_the_end:
        try:
            click.echo("Starting the database …")
            if own_server:
                at_the_end.callback(embedded_postgres.stop, folder / "postgres")
            server = _server(folder) if own_server else None
            known = environment.make(folder, ports, server)
            _prepare(Settings.load(known), folder)
            processes = Processes(known, folder / "logs")
            at_the_end.callback(processes.stop)
            _start(processes, folder, ports)
            _welcome(ports)
            processes.watch()
        except Exception:
            # Whatever Ctrl-C interrupted may complain in its own way.
            if not stopping.is_set():
                raise
            click.echo("\nStopping …")


def forget(folder: Path) -> None:
    """Stop what runs and remove everything the demonstration has stored, keys included."""
    embedded_postgres.forget(folder / "postgres")
    for name in ("keys", "mail", "provider", "logs", "people.json", "witness.txt", MADE):
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _server(folder: Path) -> embedded_postgres.Server:
    if not (folder / MADE).exists():
        embedded_postgres.forget(folder / "postgres")  # an area that was interrupted half-made
        server = embedded_postgres.start(folder / "postgres")
        with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
            roles.prepare(admin, environment.passwords(folder))
    return embedded_postgres.start(folder / "postgres")


def _prepare(settings: Settings, folder: Path) -> None:
    release = installation.release()
    marker = folder / MADE
    # Nothing to migrate: a second start is a quick one.
    if not (marker.exists() and marker.read_text() == release):
        installation.prepare(settings)
        if area.is_empty(settings):
            click.echo("Making the demonstration area: agencies, services, people, journeys …")
            area.load(settings, say=click.echo)
        marker.write_text(release)
    area.follow(settings)


def _start(processes: Processes, folder: Path, ports: Ports) -> None:
    listing = folder / "people.json"
    listing.write_text(json.dumps(people.listing()))
    python = sys.executable
    processes.start(
        "identity provider",
        *(python, "-m", "app.demonstration.provider"),
        *("--issuer", f"http://127.0.0.1:{ports.provider}"),
        *("--application", f"http://localhost:{ports.web}"),
        *("--people", str(listing), "--folder", str(folder / "provider")),
    )
    processes.start(
        "mailbox",
        *(python, "-m", "app.demonstration.mailbox", "--folder", str(folder / "mail")),
        *("--smtp-port", str(ports.smtp), "--web-port", str(ports.mailbox)),
    )
    processes.start("worker", python, "-m", "app.cli", "worker")
    processes.start("web", python, "-m", "app.cli", "web", "--port", str(ports.web))
    processes.wait_for(f"http://127.0.0.1:{ports.provider}/.well-known/openid-configuration")
    processes.wait_for(f"http://127.0.0.1:{ports.web}/health/ready")


def _welcome(ports: Ports) -> None:
    lines = [f"  {one['name']:<22} {one['about']}" for one in people.listing()]
    click.echo(
        WELCOME.format(
            web=f"http://localhost:{ports.web}",
            mail=f"http://localhost:{ports.mailbox}",
            people="\n".join(lines),
        )
    )
