"""A real SMTP server that keeps what it is sent."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Post:
    """What arrived, and where to send to."""

    port: int
    refuses: bool = False
    keeps_quiet: bool = False
    encrypted: bool = False
    hangs: threading.Event = field(default_factory=threading.Event)
    envelopes: list[Any] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The setting TRELLIS_SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        """Every message, oldest first."""
        return [
            message_from_bytes(one.content, policy=policy.default)  # type: ignore[misc]
            for one in self.envelopes
        ]

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Any, hostname: str, answers: list[str]
    ) -> list[str]:
        """Greet, or say nothing for as long as we hang."""
        while self.hangs.is_set():
            await asyncio.sleep(0.05)
        session.host_name = hostname
        return answers

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a message in, or refuse it for now."""
        self.encrypted = session.ssl is not None
        if self.refuses:
            return "451 Try again later"
        self.envelopes.append(envelope)
        while self.keeps_quiet:
            await asyncio.sleep(0.05)
        return "250 Taken"


@contextlib.contextmanager
def post_office(port: int, tls: ssl.SSLContext | None = None) -> Iterator[Post]:
    """The server, while the block lasts; it offers STARTTLS when it has something to show."""
    post = Post(port)
    controller = Controller(post, hostname="127.0.0.1", port=port, tls_context=tls)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()
