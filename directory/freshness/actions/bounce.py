"""Mail that came back: what it was for is in doubt at once."""

import re
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import default

from sqlalchemy import func, select

from app.core.db import NOBODY, session, transaction

FAILED = re.compile(r"5\.[0-9]+\.[0-9]+")


def addresses_of(report: bytes) -> list[str]:
    """The addresses that a delivery report (RFC 3464) gives up on; none when it is no report."""
    message = BytesParser(EmailMessage, policy=default).parsebytes(report)
    found = [
        address
        for part in message.walk()
        if part.get_content_type() == "message/delivery-status"
        for one in _recipients(part)
        if (address := _gone(one))
    ]
    return list(dict.fromkeys(found))


def _recipients(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _gone(one: Message) -> str:
    failed = str(one.get("Action", "")).strip().casefold() == "failed"
    lasting = FAILED.fullmatch(str(one.get("Status", "")).split(" ")[0])
    _kind, _, address = str(one.get("Final-Recipient", "")).partition(";")
    return address.strip().strip("<>").casefold() if failed and lasting else ""


def came_back(address: str) -> int:
    """Put every listing with this address in doubt; how many."""
    with transaction(NOBODY):
        return int(session.scalar(select(func.trellis.mail_came_back(address))) or 0)
