"""Send one plain e-mail over SMTP, so that it can be sent again without counting twice."""

import smtplib
import ssl
import uuid
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from app.core import clock
from config.settings import Settings

TIMEOUT_SECONDS = 10
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
PERHAPS_AGAIN = """
We could not make sure that an earlier sending of this message reached you. If it did, this is
the same message once more.
"""


@dataclass(frozen=True)
class Letter:
    """A message: `number` stays the same however often it is sent, and `tries` counts that."""

    to: str
    subject: str
    text: str
    number: str
    tries: int = 0


def new_number() -> str:
    """The number of a message that is yet to be written; it goes with its job."""
    return str(uuid.uuid4())


def send(settings: Settings, letter: Letter) -> None:
    """Hand a message to the server at `smtp://[user:password@]host:port` (or `smtps://`).

    To another machine it goes encrypted, to whoever shows a certificate we trust, or not at all.
    What cannot be delivered comes back to the settings' bounce address, if there is one.

    Raises:
        OSError, smtplib.SMTPException: the server is away or refused it; try again later.
    """
    where = urlsplit(settings.smtp_url)
    with _connected(where.scheme, where.hostname or "localhost", where.port or 25) as server:
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))
        back_to = settings.bounce_address or settings.mail_from
        server.send_message(_message(settings.mail_from, letter), from_addr=back_to)


def _connected(scheme: str, host: str, port: int) -> smtplib.SMTP:
    checking = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=checking)
    server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    if host not in THIS_MACHINE:
        try:
            server.starttls(context=checking)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
    return server


def _message(sender: str, letter: Letter) -> EmailMessage:
    domain = sender.rpartition("@")[2] or "localhost"
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Date"] = format_datetime(clock.now())
    # The same for every sending: mail programs and servers drop what they have already.
    message["Message-ID"] = f"<{letter.number or new_number()}@{domain}>"
    message.set_content(letter.text + (PERHAPS_AGAIN if letter.tries else ""))
    return message
