"""A logout token counts once, however often it is sent in the minutes in which it is believed."""

from sqlalchemy import text

from app.core.db import session

REMEMBER = text(
    "insert into logout_token (digest, until) values (:digest, now() + interval '1 hour')"
    " on conflict do nothing returning true"
)
FORGET = text("delete from logout_token where until < now()")


def is_first(digest: bytes) -> bool:
    """Whether nobody sent what has this digest before; from now on somebody did."""
    return bool(session.scalar(REMEMBER, {"digest": digest}))


def forget_old() -> None:
    """Forget those that would be too old to be believed."""
    session.execute(FORGET)
