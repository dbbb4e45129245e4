"""`python -m app.demonstration.provider`: the demonstration provider as a process."""

import argparse
import logging
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from app.demonstration.provider import clients, people
from app.demonstration.provider.provider import DemonstrationProvider
from app.demonstration.provider.safety import NotADemonstrationError
from app.demonstration.provider.server import bind


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issuer", required=True, help="such as http://127.0.0.1:8001")
    parser.add_argument("--application", required=True, help="such as http://localhost:8000")
    parser.add_argument("--people", required=True, type=Path, help="a JSON file of people")
    parser.add_argument("--folder", default=Path("var/provider"), type=Path, help="for the keys")
    parser.add_argument(
        "--name", default="default", help="what the application calls this provider"
    )
    parser.add_argument("--client-id", default=os.environ.get("TRELLIS_OIDC_CLIENT_ID", "trellis"))
    return parser.parse_args()


def main() -> None:
    """Serve until told to stop. The client's secret comes from TRELLIS_OIDC_CLIENT_SECRET."""
    asked = arguments()
    secret = os.environ.get("TRELLIS_OIDC_CLIENT_SECRET", "")
    if not secret:
        sys.exit("TRELLIS_OIDC_CLIENT_SECRET is not set")
    try:
        client = clients.trellis(asked.application, asked.client_id, secret, asked.name)
        everybody = people.load(asked.people)
        provider = DemonstrationProvider(asked.issuer, [client], everybody, asked.folder)
    except NotADemonstrationError as refusal:
        sys.exit(str(refusal))
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    signal.signal(signal.SIGTERM, _stop)
    server = bind(provider)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
