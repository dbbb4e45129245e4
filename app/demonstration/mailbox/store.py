"""Messages as files in a folder, newest first."""

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

KEPT = 200


@dataclass(frozen=True)
class Received:
    """One message as a reader sees it."""

    to: str
    subject: str
    date: str
    text: str


class Store:
    """The handler that aiosmtpd calls, and what the page reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep one message."""
        name = f"{time.time_ns()}-{uuid.uuid4().hex[:6]}.eml"
        (self.folder / name).write_bytes(envelope.content)
        for old in sorted(self.folder.glob("*.eml"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return "250 Message kept"

    def messages(self) -> Iterator[Received]:
        """Every message kept, newest first."""
        for path in sorted(self.folder.glob("*.eml"), reverse=True):
            read = message_from_bytes(path.read_bytes(), policy=policy.default)
            body = read.get_body(("plain",))
            text = body.get_content() if body else ""
            yield Received(str(read["To"]), str(read["Subject"]), str(read["Date"]), text)
