"""A witness of its own mind: it follows C2SP tlog-witness and keeps the newest checkpoint."""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from app.core.ledger import proofs, witness_file
from app.core.ledger.checkpoint import Checkpoint
from app.core.ledger.note import NotSigned, Verifier


class WitnessServer(ThreadingHTTPServer):
    """`newest` is what it knows; `answers` the statuses it gave; `closed` makes it answer 503."""

    def __init__(self, verifiers: list[Verifier]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.verifiers = verifiers
        self.newest: Checkpoint | None = None
        self.answers: list[int] = []
        self.closed = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def judge(self, body: str) -> tuple[int, str]:
        """The status and body of the answer."""
        if self.closed:
            return 503, ""
        (told,) = witness_file.records(body)
        try:
            new = told.checkpoint(self.verifiers)
        except NotSigned:
            return 403, ""
        size = self.newest.size if self.newest else 0
        if told.old_size != size:
            return 409, f"{size}\n"
        root = self.newest.root if self.newest else b""
        if not proofs.consistent(size, root, new.size, new.root, told.proof):
            return 422, ""
        self.newest = new
        return 200, "— witness.example AAAAAAAA\n"


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        status, answer = self.server.judge(body) if self.path == "/add-checkpoint" else (404, "")
        self.server.answers.append(status)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_words: object) -> None:
        """Quietly."""


@contextlib.contextmanager
def witness_server(verifiers: list[Verifier]) -> Iterator[WitnessServer]:
    made = WitnessServer(verifiers)
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        thread.join()
        made.server_close()
