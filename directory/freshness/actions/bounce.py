"""Mail that came back: what it was for is in doubt at once."""

import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.parser import BytesParser, Parser
from email.policy import default
from email.utils import parseaddr

from sqlalchemy import func, select

from app.core.db import NOBODY, session, transaction
from config.settings import Settings
from directory.freshness import notices

# RFC 3463 and RFC 7505: there is no such mailbox or no such place. A full mailbox (5.2.2) or a
# policy (5.7.1) says nothing of whether anybody reads mail there.
NO_SUCH_ADDRESS = frozenset(
    {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4"},
)
CODE = re.compile(r"\b[245]\.[0-9]{1,3}\.[0-9]{1,3}\b")
# What a server means that gives no such code (RFC 5321).
NO_SUCH_MAILBOX = frozenset({550, 551, 553})
RETURNED = frozenset({"message/rfc822", "text/rfc822-headers"})


def addresses_of(settings: Settings, report: bytes) -> list[str]:
    """The addresses that a delivery report (RFC 3464) gives up on; none when it is no report.

    Only of messages that we sent: the report brings back their heads, which hold what we sealed.
    """
    message = BytesParser(EmailMessage, policy=default).parsebytes(report)
    parts = list(message.walk())
    failed = any(_gone(one) for part in parts for one in _recipients(part))
    found = [address for part in parts for address in _written_to(settings, part)]
    return list(dict.fromkeys(found)) if failed else []


def refused_for_good(code: int, words: bytes) -> bool:
    """Whether a server says that there is no such address, when mail is handed to it."""
    said = CODE.search(words.decode(errors="replace"))
    return said[0] in NO_SUCH_ADDRESS if said else code in NO_SUCH_MAILBOX


def _recipients(part: Message) -> list[Message]:
    if part.get_content_type() != "message/delivery-status":
        return []
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _gone(one: Message) -> bool:
    failed = str(one.get("Action", "")).strip().casefold() == "failed"
    status = CODE.match(str(one.get("Status", "")).strip())
    return failed and status is not None and status[0] in NO_SUCH_ADDRESS


def _written_to(settings: Settings, part: Message) -> Iterator[str]:
    """Whom the returned message was for, if it is ours."""
    if part.get_content_type() not in RETURNED:
        return
    payload = part.get_payload()
    if isinstance(payload, list):
        head = next((one for one in payload if isinstance(one, Message)), Message())
    else:
        head = Parser(EmailMessage, policy=default).parsestr(str(payload))
    address = parseaddr(str(head.get("To", "")))[1].casefold()
    if address and notices.is_ours(settings, str(head.get("Message-ID", "")), address):
        yield address


def came_back(address: str) -> int:
    """Put every listing with this address in doubt; how many."""
    with transaction(NOBODY):
        return int(session.scalar(select(func.trellis.mail_came_back(address))) or 0)
