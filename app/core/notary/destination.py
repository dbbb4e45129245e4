"""Where a witness keeps what it is told: a file, a witness over HTTP, somebody's mailbox.

A file and a witness over HTTP know themselves what they were told last; a mailbox does not.
"""

import hashlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import requests

from app.core import mail
from app.core.ledger.witness_file import Told, records
from app.core.mail import Letter
from config.settings import Settings

TIMEOUT_SECONDS = 10
OTHER_SIZE = 409
DOES_NOT_FOLLOW = 422
MAIL = """The audit trail of {origin}, sealed and signed. Please keep this message: it shows later
that nothing before it was changed or cut off. It names nobody.

{told}"""


class Refused(Exception):
    """The witness did not take it; try again later. The message holds no answer of theirs."""


class Contradiction(Exception):
    """The witness knows a tree that ours did not grow from; the message says which."""


class Knows(Exception):
    """The witness was told more, or less, than we thought: the tree of this size."""

    def __init__(self, size: int) -> None:
        super().__init__(f"The witness knows a tree of {size} entries")
        self.size = size


class Destination(Protocol):
    """One witness."""

    every: timedelta

    def known(self) -> Told | None:
        """What it was told last, if it can say."""

    def send(self, told: Told) -> None:
        """Tell it.

        Raises:
            Knows: it was told something else before.
            Contradiction: it was told a tree before that ours did not grow from.
            Refused, OSError, requests.RequestException: it is away; try again.
        """


class FileDestination:
    """A file on a medium that this machine's administrators cannot rewrite."""

    every = timedelta()

    def __init__(self, address: str) -> None:
        self.path = Path(unquote(urlsplit(address).path))

    def known(self) -> Told | None:
        """The last record."""
        text = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
        return next(iter(list(records(text))[-1:]), None)

    def send(self, told: Told) -> None:
        """Append one record, whole and on the medium."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{told}\n")
            file.flush()
            os.fsync(file.fileno())


class HttpDestination:
    """A witness of transparency logs (C2SP tlog-witness): it checks the proof for itself."""

    every = timedelta()

    def __init__(self, address: str) -> None:
        self.address = f"{address.rstrip('/')}/add-checkpoint"

    def known(self) -> Told | None:
        """It says so only when it is told something that does not follow."""
        return None

    def send(self, told: Told) -> None:
        """POST it; 200 is a yes, 409 says what the witness knows, 422 that it does not follow."""
        # The deployer's own address, which may well be inside; never where a redirect leads.
        answer = requests.post(  # nosemgrep
            self.address,
            data=str(told).encode(),
            timeout=TIMEOUT_SECONDS,
            allow_redirects=False,
        )
        if answer.status_code == OTHER_SIZE and answer.text.strip().isdecimal():
            raise Knows(int(answer.text))
        if answer.status_code in (OTHER_SIZE, DOES_NOT_FOLLOW):
            raise Contradiction("The witness knows a tree which ours did not grow from")
        if not answer.ok or answer.is_redirect:
            raise Refused(f"The witness answered {answer.status_code}")


class MailDestination:
    """A mailbox elsewhere: a message a day."""

    every = timedelta(days=1)

    def __init__(self, address: str, settings: Settings) -> None:
        self.to, self.settings = unquote(urlsplit(address).path), settings

    def known(self) -> Told | None:
        """A mailbox does not answer."""
        return None

    def send(self, told: Told) -> None:
        """Send it as one plain message."""
        origin = urlsplit(self.settings.public_url).netloc
        text = MAIL.format(origin=origin, told=told)
        subject = f"Checkpoint of the audit trail – {self.settings.service_name}"
        number = hashlib.sha256(told.note.encode()).hexdigest()[:32]  # the same, sent again
        mail.send(self.settings, Letter(self.to, subject, text, number))


def destination(address: str, settings: Settings) -> Destination:
    """The witness at an address of the settings.

    Raises:
        ValueError: it is none that we know; the message says which there are.
    """
    scheme = urlsplit(address).scheme
    if scheme == "file":
        return FileDestination(address)
    if scheme == "mailto":
        return MailDestination(address, settings)
    if scheme == "https" or (scheme == "http" and settings.demonstration):
        return HttpDestination(address)
    raise ValueError(f"TRELLIS_AUDIT_WITNESSES: {scheme}: is neither file, https nor mailto")
