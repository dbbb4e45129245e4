"""`python -m app.demonstration.mailbox`: take messages in by SMTP, show them over HTTP."""

import argparse
import signal
import threading
from pathlib import Path

from aiosmtpd.controller import Controller
from werkzeug.serving import make_server

from app.demonstration.mailbox.store import Store
from app.demonstration.mailbox.web import create_app

LOOPBACK = "127.0.0.1"


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--web-port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args()
    store = Store(asked.folder)
    smtp = Controller(store, hostname=LOOPBACK, port=asked.smtp_port)
    web = make_server(LOOPBACK, asked.web_port, create_app(store), threaded=True)
    smtp.start()
    threading.Thread(target=web.serve_forever, daemon=True).start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    web.shutdown()
    smtp.stop()


if __name__ == "__main__":
    # Blocked before any thread starts, so that `sigwait` is the only one to take them.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main()
