"""Send one plain e-mail over SMTP."""

import smtplib
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from app.core import clock

TIMEOUT_SECONDS = 10


def send(smtp_url: str, sender: str, to: str, subject: str, text: str) -> None:
    """Hand a message to the server at `smtp://[user:password@]host:port` (or `smtps://`).

    Raises:
        OSError, smtplib.SMTPException: the server is away or refused it; try again later.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    message.set_content(text)
    where = urlsplit(smtp_url)
    kind = smtplib.SMTP_SSL if where.scheme == "smtps" else smtplib.SMTP
    with kind(where.hostname or "localhost", where.port or 25, timeout=TIMEOUT_SECONDS) as server:
        if where.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls()
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))
        server.send_message(message)
