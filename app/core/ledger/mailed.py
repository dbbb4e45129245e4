"""A mailbox that was a witness, as a mail program saves it: one message, or an mbox of many."""

import email
import re
from email import policy

from app.core.ledger.note import NotSigned
from app.core.ledger.witness_file import START

MAIL = re.compile(rb"\s*(From |[A-Za-z-]+: )")
NEXT_MESSAGE = re.compile(rb"^From .*\n", re.MULTILINE)


def text(raw: bytes) -> str:
    """The records of a witness: those of the messages, each once, or the file as it is.

    Raises:
        NotSigned: a message cannot be read.
    """
    if not MAIL.match(raw):
        return raw.decode("utf-8")
    messages = [one for one in NEXT_MESSAGE.split(raw) if one.strip()]
    return "".join(dict.fromkeys(_record(one) for one in messages))


def _record(raw: bytes) -> str:
    # Whatever else is in the mailbox has no record and says nothing about the trail.
    body = email.message_from_bytes(raw.lstrip(), policy=policy.default).get_body(("plain",))
    try:
        said = body.get_content().replace("\r\n", "\n") if body else ""
    except (LookupError, ValueError):
        raise NotSigned("A message of the mailbox cannot be read") from None
    begins = START.search(said)
    return f"{said[begins.start() :].rstrip()}\n\n" if begins else ""
