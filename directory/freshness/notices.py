"""What the directory writes to organisations: only what is published anyway, and links."""

import hashlib
import hmac
from collections.abc import Iterable

from app.core import mail, secrets
from config.settings import Settings

SUBJECT = "Is your entry in the directory still right?"
SINCE = {
    0: "Somebody asked for a link to your entry in our directory.",
    1: "You last confirmed your entry in our directory three months ago.",
    2: "You last confirmed your entry in our directory six months ago.",
    3: "You last confirmed your entry in our directory nine months ago. If we do not hear from"
    " you, somebody will ring you before people stop relying on it.",
}
ASK = """{since}

{links}
Each link opens what is published now. One tap says that it is still correct, or you can write
what has changed. No account is needed. Each link works once, for {days} days.

You may delete this message: nothing changes by itself.
"""
CLAIM_SUBJECT = "Does this agency speak for you?"
CLAIM = """Somebody who uses our referral system says that they answer for {organisation}, and
would like to keep your entries in our directory. Please look who it is, and say yes or no:

{url}

No account is needed. The link works once, for {days} days. Without a yes from you the council
decides on what else it knows.
"""


def send_links(
    settings: Settings, address: str, links: Iterable[tuple[str, str]], stage: int, days: int
) -> None:
    """Mail (name, secret) of each listing to the address that it publishes."""
    urls = "".join(f"{name}\n{url_of(settings, secret)}\n\n" for name, secret in links)
    _send(settings, address, SUBJECT, ASK.format(since=SINCE[stage], links=urls, days=days))


def send_claim(settings: Settings, address: str, organisation: str, secret: str, days: int) -> None:
    """Ask an organisation whether somebody speaks for it."""
    text = CLAIM.format(organisation=organisation, url=url_of(settings, secret), days=days)
    _send(settings, address, CLAIM_SUBJECT, text)


def url_of(settings: Settings, secret: str) -> str:
    """The address of a mailed link."""
    return f"{settings.public_url}/directory/answer/{secret}"


def _send(settings: Settings, address: str, subject: str, text: str) -> None:
    subject = f"{subject} – {settings.service_name}"
    # Each sending has links of its own, so each is a message of its own.
    number = f"{(ours := mail.new_number())}.{_seal(settings, ours, address)}"
    mail.send(settings, mail.Letter(address, subject, text, number))


def is_ours(settings: Settings, message_id: str, address: str) -> bool:
    """Whether we sent the message with this id to this address: nobody else can seal its number."""
    number, _, seal = message_id.strip(" <>").partition("@")[0].partition(".")
    return hmac.compare_digest(seal.encode(), _seal(settings, number, address).encode())


def _seal(settings: Settings, number: str, address: str) -> str:
    key = secrets.derive(settings.secret_key, "bounce")
    said = f"{number} {address.strip().casefold()}".encode(errors="replace")
    return hmac.new(key, said, hashlib.sha256).hexdigest()[:32]
